using System.Text.RegularExpressions;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator;

namespace Phoenix.App.Hosting;

/// <summary>What 消息推送 of WeChat's console and this host share. Printing it shows nothing.</summary>
/// <param name="token">The token that signatures are made with.</param>
/// <param name="key">The EncodingAESKey, 43 characters.</param>
public sealed class PushSecrets(string token, string key)
{
    /// <summary>Shortest token that is taken: WeChat allows 3, which anybody guesses.</summary>
    public const int MinTokenLength = 12;

    // Of WeChat's own documents and of the examples that everybody copies.
    private static readonly HashSet<string> s_exampleKeys = new(StringComparer.Ordinal)
    {
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "4ZUtlMNqHcmcBTKPJBR85Ru9m3QeB4tBqwqFbZFPKrq",
    };

    /// <summary>The token.</summary>
    public string Token { get; } = token;

    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>Both, or neither.</summary>
    /// <exception cref="StartRefusedException">One without the other.</exception>
    public static PushSecrets? Read(string? token, string? key) => (token, key) switch
    {
        (null, null) => null,
        (null, _) => throw new StartRefusedException("PHOENIX_WECHAT_PUSH_KEY is set without PHOENIX_WECHAT_PUSH_TOKEN."),
        (_, null) => throw new StartRefusedException("PHOENIX_WECHAT_PUSH_TOKEN is set without PHOENIX_WECHAT_PUSH_KEY."),
        _ => new PushSecrets(token, key),
    };

    /// <summary>Checks that they protect something.</summary>
    /// <exception cref="StartRefusedException">Short, malformed or of an example.</exception>
    public void EnsureSecret(IReadOnlySet<string> wellKnown)
    {
        if (wellKnown.Contains(Token) || SimulatorAccount.WellKnownValues.Contains(Token, StringComparer.Ordinal) || Token.Length < MinTokenLength || Token.Distinct().Count() < MinTokenLength / 2)
            throw new StartRefusedException($"PHOENIX_WECHAT_PUSH_TOKEN is well-known or too simple; choose {MinTokenLength} letters and digits or more, by lot.");
        if (s_exampleKeys.Contains(Key) || SimulatorAccount.WellKnownValues.Contains(Key, StringComparer.Ordinal) || Key.Distinct().Count() < 16)
            throw new StartRefusedException("PHOENIX_WECHAT_PUSH_KEY is an example's or too simple; let WeChat's console make one.");
        try
        {
            _ = new PushCipher(Key, "any");
        }
        catch (ArgumentException)
        {
            throw new StartRefusedException($"PHOENIX_WECHAT_PUSH_KEY is no EncodingAESKey: {PushSettings.AesKeyLength} characters of base64.");
        }
    }

    /// <inheritdoc />
    public override string ToString() => nameof(PushSecrets);
}

/// <summary>Reads the verification files that WeChat's console asks the domain to serve.</summary>
internal static partial class VerificationFiles
{
    /// <summary>Files at most.</summary>
    public const int Max = 5;

    /// <summary>Name to content.</summary>
    /// <exception cref="StartRefusedException">Not of the form NAME.txt=CONTENT.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? text)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (Form().Match(entry) is not { Success: true } match || !files.TryAdd(match.Groups["name"].Value, match.Groups["content"].Value) || files.Count > Max)
                throw new StartRefusedException($"PHOENIX_WECHAT_FILES is not of the form NAME.txt=CONTENT;NAME.txt=CONTENT with {Max} files at most.");
        return files;
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9_-]{1,64}\.txt)=(?<content>[\x21-\x3a\x3c-\x7e]{1,200})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
