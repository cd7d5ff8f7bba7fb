using PdfSharp.Fonts;

namespace Phoenix.App.Http.Papers;

/// <summary>
/// The font of printed pages: Noto Sans SC (SIL Open Font License 1.1), put beside the program by the build. A machine's own fonts are never used: a page looks
/// the same everywhere, and every letter on it is embedded.
/// </summary>
internal sealed class PaperFont : IFontResolver
{
    /// <summary>The family's name inside the program.</summary>
    public const string Family = "Phoenix";

    /// <summary>Where the build puts the file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "fonts", "NotoSansSC_400Regular.ttf");

    private static readonly Lock s_gate = new();
    private static bool s_isSet;

    /// <summary>Whether the file is there.</summary>
    public static bool IsThere => File.Exists(Path);

    /// <summary>Makes it the library's only source of fonts. The library has one for the whole process.</summary>
    public static void Use()
    {
        lock (s_gate)
        {
            if (s_isSet)
                return;
            GlobalFontSettings.FontResolver = new PaperFont();
            s_isSet = true;
        }
    }

    /// <inheritdoc />
    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(Family, mustSimulateBold: bold, mustSimulateItalic: italic);

    /// <inheritdoc />
    public byte[] GetFont(string faceName) => File.ReadAllBytes(Path);
}

/// <summary>Says at the start that certificates can't be printed, not when the first resident asks.</summary>
internal sealed class FontWarning(ILogger<FontWarning> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!PaperFont.IsThere)
            log.LogWarning("The font of certificates is missing ({Path}): certificates are issued and verified but can't be printed. Build with npm on the PATH, or run npm ci in backend/Phoenix.App/Fonts and build again.", PaperFont.Path);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
