using System.Text;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Files;

/// <summary>Signs links to images and checks them. The MAC covers community, file and expiry, so a link opens one image of one community.</summary>
public sealed class FileLinks(KeyRing keys, Clock clock) : IFileLinks
{
    /// <summary>How long a link works: a screen that stays open an hour still shows its pictures.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public FileLink Make(int communityId, Guid fileId)
    {
        var until = DateTimeOffset.FromUnixTimeSeconds((clock.Now + Lifetime).ToUnixTimeSeconds());
        var mac = keys.Mac(KeyPurpose.SignedLinks, Text(communityId, fileId, until.ToUnixTimeSeconds()));
        return new FileLink($"/api/v1/communities/{communityId}/files/{fileId}?until={until.ToUnixTimeSeconds()}&mac={mac}", until);
    }

    /// <summary>Null for a link of ours that is still good, otherwise why not.</summary>
    public Error? Check(int communityId, Guid fileId, long until, string mac)
    {
        if (!keys.VerifyMac(KeyPurpose.SignedLinks, Text(communityId, fileId, until), mac))
            return new FileLinkRefused();
        return clock.Now.ToUnixTimeSeconds() < until ? null : new FileLinkExpired();
    }

    private static byte[] Text(int communityId, Guid fileId, long until) => Encoding.UTF8.GetBytes($"file\n{communityId}\n{fileId:N}\n{until}");
}
