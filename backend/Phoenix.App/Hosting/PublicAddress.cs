namespace Phoenix.App.Hosting;

/// <summary>Where the world reaches this deployment: it stands in QR codes and in what WeChat is asked to fetch.</summary>
public sealed class PublicAddress(HostSettings settings)
{
    private readonly string _root = (settings.PublicUrl ?? settings.Url).TrimEnd('/');

    /// <summary>The whole address of a path from the root.</summary>
    public string Of(string path) => _root + path;
}
