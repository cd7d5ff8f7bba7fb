using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Push;

/// <summary>
/// Encryption of pushes (WeChat: 消息加解密, push/encryption): AES-256-CBC of <c>random[16] | length, big-endian uint32 | message | appid</c>,
/// padded as PKCS7 with a block of 32 bytes. .NET's own PKCS7 knows blocks of 16 and would reject half of all messages.
/// </summary>
public sealed class PushCipher
{
    private const int Block = 32;
    private const int RandomBytes = 16;
    private const int HeadBytes = RandomBytes + sizeof(uint);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _key;
    private readonly byte[] _appId;

    /// <param name="encodingAesKey">Of the console: 43 characters of base64.</param>
    /// <param name="appId">Ours.</param>
    /// <exception cref="ArgumentException">No such key.</exception>
    public PushCipher(string encodingAesKey, string appId)
    {
        var key = new byte[Block];
        if (encodingAesKey.Length != PushSettings.AesKeyLength || !Convert.TryFromBase64String(encodingAesKey + "=", key, out var length) || length != Block)
            throw new ArgumentException("An EncodingAESKey has 43 characters of base64.", nameof(encodingAesKey));
        _key = key;
        _appId = Encoding.UTF8.GetBytes(appId);
    }

    /// <summary>The message for our AppId, as base64.</summary>
    public string Encrypt(string message, IRandomness randomness)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var length = HeadBytes + text.Length + _appId.Length;
        var padding = Block - length % Block;
        var plain = new byte[length + padding];
        randomness.Fill(plain.AsSpan(0, RandomBytes));
        BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(RandomBytes), (uint)text.Length);
        text.CopyTo(plain, HeadBytes);
        _appId.CopyTo(plain, HeadBytes + text.Length);
        plain.AsSpan(length).Fill((byte)padding);
        using var aes = NewAes();
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, 16), PaddingMode.None));
    }

    /// <summary>The message of a ciphertext: refused with <see cref="PushCipherWrong"/> or <see cref="PushAppIdWrong"/>. Check the signature first.</summary>
    public Result<string> Decrypt(string ciphertext)
    {
        var bytes = new byte[ciphertext.Length];
        if (!Convert.TryFromBase64String(ciphertext, bytes, out var count) || count == 0 || count % 16 != 0)
            return new PushCipherWrong();
        using var aes = NewAes();
        var plain = aes.DecryptCbc(bytes.AsSpan(0, count), _key.AsSpan(0, 16), PaddingMode.None).AsSpan();
        int padding = plain[^1];
        if (padding is < 1 or > Block || padding > plain.Length || plain[^padding..].ContainsAnyExcept((byte)padding))
            return new PushCipherWrong();
        plain = plain[..^padding];
        if (plain.Length < HeadBytes)
            return new PushCipherWrong();
        var length = BinaryPrimitives.ReadUInt32BigEndian(plain[RandomBytes..]);
        if (length > plain.Length - HeadBytes)
            return new PushCipherWrong();
        if (!plain[(HeadBytes + (int)length)..].SequenceEqual(_appId))
            return new PushAppIdWrong();
        try
        {
            return Strict.GetString(plain.Slice(HeadBytes, (int)length));
        }
        catch (DecoderFallbackException)
        {
            return new PushCipherWrong();
        }
    }

    private Aes NewAes()
    {
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }
}
