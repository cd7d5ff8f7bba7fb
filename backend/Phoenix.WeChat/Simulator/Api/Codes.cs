using System.Text.Json;
using System.Text.RegularExpressions;
using Phoenix.WeChat.Simulator.State;
using QRCoder;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>getUnlimitedQRCode: a real QR code in place of WeChat's round one, whose text names page and scene.</summary>
internal static partial class Codes
{
    /// <summary>What a simulated mini program code says to a scanner, before page and scene.</summary>
    public const string Scheme = "wxsimulator://wxacode?";

    private const int SceneLength = 32;
    private const int Narrowest = 280;
    private const int Widest = 1_280;
    private const int UsualWidth = 430;
    private const int Home = 0;

    public static readonly PlatformEndpoint[] Endpoints = [new("POST", "/wxa/getwxacodeunlimit", Needs.Token, Draw) { PerMinute = 5_000 }];

    /// <summary>The text of a code.</summary>
    public static string TextFor(string page, string scene, string version) =>
        $"{Scheme}page={Uri.EscapeDataString(page)}&scene={Uri.EscapeDataString(scene)}&env_version={version}";

    private static PlatformAnswer Draw(WeChatSimulator sim, PlatformCall call)
    {
        if (!call.HasJson || call.Text("scene") is not { Length: <= SceneLength } scene)
            throw new PlatformRefusal(40169);
        if (!ScenePattern().IsMatch(scene))
            throw new PlatformRefusal(40129);
        var version = call.Text("env_version") ?? "release";
        if (version is not ("release" or "trial" or "develop"))
            throw new PlatformRefusal(40097, "invalid args env_version");
        var width = call.Member("width") is null ? UsualWidth : call.Number("width") ?? Home;
        if (width is < Narrowest or > Widest)
            throw new PlatformRefusal(40097, "invalid args width");
        var page = call.Text("page") ?? "";
        if (page.Contains('?', StringComparison.Ordinal) || page.Length > 0 && !Pages.IsReleased(page, call.Flag("check_path", otherwise: true) ? sim.CurrentSettings : new SimulatorSettings()))
            throw new PlatformRefusal(41030);
        return PlatformAnswer.Image(Png(TextFor(page, scene, version), (int)width, Line(call), call.Flag("is_hyaline", otherwise: false)));
    }

    private static byte[] Png(string text, int side, uint dark, bool isHyaline)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The matrix has its quiet zone of four modules already.
        var modules = code.ModuleMatrix.Count;
        var scale = side / modules;
        var edge = (side - modules * scale) / 2;
        var light = isHyaline ? 0xffffff00 : 0xffffffff;
        return PngImage.Write(side, (x, y) =>
        {
            var (column, row) = ((x - edge) / scale, (y - edge) / scale);
            return x >= edge && y >= edge && column < modules && row < modules && code.ModuleMatrix[row][column] ? dark : light;
        }, text);
    }

    private static uint Line(PlatformCall call)
    {
        if (call.Member("line_color") is not { ValueKind: JsonValueKind.Object } colour)
            return 0x000000ff;
        return Part(colour, "r") << 24 | Part(colour, "g") << 16 | Part(colour, "b") << 8 | 0xff;
    }

    private static uint Part(JsonElement colour, string name) =>
        colour.TryGetProperty(name, out var part) && byte.TryParse(PlatformCall.TextOf(part), out var value) ? value : throw new PlatformRefusal(40097, "invalid args line_color");

    [GeneratedRegex(@"^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ScenePattern();
}
