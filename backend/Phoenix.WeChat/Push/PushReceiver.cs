using System.Globalization;
using System.Text;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Push;

/// <summary>The query of a push, as it came.</summary>
/// <param name="Signature"><c>signature</c>: doesn't cover the body.</param>
/// <param name="Timestamp"><c>timestamp</c>: Unix seconds.</param>
/// <param name="Nonce"><c>nonce</c>.</param>
/// <param name="MsgSignature"><c>msg_signature</c>, of encrypted pushes.</param>
/// <param name="EchoStr"><c>echostr</c>, when the console checks our address.</param>
public sealed record PushQuery(string? Signature, string? Timestamp, string? Nonce, string? MsgSignature = null, string? EchoStr = null);

/// <summary>
/// Reads what is posted to our push address (WeChat: 消息推送, message-push, and 消息加解密, push/encryption). Whatever comes, it answers an event or
/// a refusal and never throws.
/// </summary>
/// <param name="settings">As set in the console.</param>
/// <param name="clock">For old timestamps.</param>
public sealed class PushReceiver(PushSettings settings, Clock clock)
{
    /// <summary>Largest body, in bytes. WeChat's events have a few hundred.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Furthest timestamp from now, either way: room for WeChat's three tries and for clocks that differ, little for a replay.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private const int MaxNonceLength = 128;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PushCipher? _cipher = settings.Mode is PushMode.Plain ? null : new PushCipher(settings.EncodingAesKey, settings.AppId);

    /// <summary>The console's check of our address: answer the text as it is. Refused: <see cref="PushSignatureWrong"/>, <see cref="PushTooOld"/>, <see cref="PushMalformed"/>.</summary>
    public Result<string> VerifyAddress(PushQuery query)
    {
        if (!IsSigned(query))
            return new PushSignatureWrong();
        if (IsOld(query))
            return new PushTooOld();
        return query.EchoStr is { Length: > 0 and <= MaxNonceLength } echo ? echo : new PushMalformed();
    }

    /// <summary>One push. Refused with one of <c>Push/Errors.cs</c>.</summary>
    public Result<PushEvent> Receive(PushQuery query, ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBodyBytes)
            return new PushTooLarge();
        // In plain mode signature is all there is. With a ciphertext msg_signature decides alone, for it covers the same and the ciphertext too; WeChat that
        // sends none but signs well is set to another mode in the console.
        if (_cipher is null || query.MsgSignature is null ? !IsSigned(query) : !IsWhole(query))
            return new PushSignatureWrong();
        if (_cipher is not null && query.MsgSignature is null)
            return new PushModeWrong();
        if (IsOld(query))
            return new PushTooOld();
        if (!TryText(body, out var text))
            return new PushMalformed();
        var message = _cipher is null ? OfPlain(text) : OfEncrypted(query, text, _cipher);
        return message.TryGet(out var raw, out var refusal) ? PushReader.Read(raw, settings.AppId) : refusal;
    }

    /// <summary>The event of a message that was received before and stored as <see cref="PushHeader.Raw"/>.</summary>
    /// <exception cref="FormatException">It wasn't.</exception>
    public static PushEvent Reread(string raw) => PushReader.Read(raw, appId: null).TryGet(out var push, out var refusal) ? push : throw new FormatException(refusal.Code);

    private static Result<string> OfPlain(string text)
    {
        if (PushTree.Read(text) is not { } tree)
            return new PushMalformed();
        return tree.First("Encrypt") is null ? text : new PushModeWrong();
    }

    private Result<string> OfEncrypted(PushQuery query, string text, PushCipher cipher)
    {
        if (PushTree.Read(text) is not { } envelope)
            return new PushMalformed();
        if (envelope.TextOf("Encrypt") is not { } ciphertext)
            return new PushModeWrong();
        if (settings.Mode is PushMode.Secure && envelope.First("MsgType") is not null)
            return new PushModeWrong();
        return PushSignature.Matches(query.MsgSignature, settings.Token, query.Timestamp!, query.Nonce!, ciphertext) ? cipher.Decrypt(ciphertext) : new PushSignatureWrong();
    }

    private bool IsSigned(PushQuery query) => IsWhole(query) && PushSignature.Matches(query.Signature, settings.Token, query.Timestamp!, query.Nonce!);

    private static bool IsWhole(PushQuery query) => query is { Timestamp.Length: > 0 and <= MaxNonceLength, Nonce.Length: > 0 and <= MaxNonceLength };

    private bool IsOld(PushQuery query) =>
        !long.TryParse(query.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ||
        seconds < (clock.Now - MaxAge).ToUnixTimeSeconds() || seconds > (clock.Now + MaxAge).ToUnixTimeSeconds();

    private static bool TryText(ReadOnlySpan<byte> body, out string text)
    {
        try
        {
            text = Strict.GetString(body).TrimStart('\uFEFF');
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
