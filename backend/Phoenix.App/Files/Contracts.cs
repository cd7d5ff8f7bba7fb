namespace Phoenix.App.Files;

/// <summary>Makes links to stored images, for the answers of other modules. Who may see an image is decided by who is given a link.</summary>
public interface IFileLinks
{
    /// <summary>A link to an image of the community in scope, good until <see cref="FileLink.Until"/>.</summary>
    FileLink Make(int communityId, Guid fileId);
}

/// <summary>A signed, expiring link.</summary>
/// <param name="Url">An address on this server, from the root.</param>
/// <param name="Until">When it stops working.</param>
public sealed record FileLink(string Url, DateTimeOffset Until);

/// <summary>Reads stored images, for printing them.</summary>
public interface IFileContents
{
    /// <summary>The JPEG of an image of the community in scope; null for none.</summary>
    Task<byte[]?> Read(Guid fileId, CancellationToken cancel);
}
