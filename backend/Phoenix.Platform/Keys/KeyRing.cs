using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Keys;

/// <summary>Where a ciphertext is stored. Bound to it: copied into another row or column it can't be read.</summary>
public readonly record struct FieldPlace(string Table, string Column, string Row);

/// <summary>A key of one purpose: for access tokens and codes, which have forms of their own.</summary>
/// <param name="Id">The key id to carry.</param>
/// <param name="Bytes">32 bytes.</param>
[SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Signing libraries take arrays.")]
public sealed record Subkey(string Id, byte[] Bytes);

/// <summary>
/// All cryptography with the product's own keys. New things are made with the current master key (the latest whose time has come); what
/// older keys made stays readable for as long as they are in the file. Every output carries its version and key id.
/// </summary>
public sealed class KeyRing
{
    private const string Version = "v1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly string _path;
    private readonly Clock _clock;
    private readonly IRandomness _randomness;
    private readonly Lock _refreshing = new();
    private volatile Loaded _loaded;
    private DateTime _readAt;

    /// <param name="path">The keys file.</param>
    /// <param name="clock">Decides which key is current.</param>
    /// <param name="randomness">For nonces.</param>
    /// <exception cref="KeyFileException">The file can't be used, or none of its keys is current yet.</exception>
    public KeyRing(string path, Clock clock, IRandomness randomness)
    {
        _path = path;
        _clock = clock;
        _randomness = randomness;
        _readAt = File.GetLastWriteTimeUtc(path);
        _loaded = new Loaded(KeyFile.Load(path));
        if (_loaded.Masters.All(k => k.From > clock.Now) || _loaded.Journals.All(k => k.From > clock.Now))
            throw new KeyFileException($"No key in the key file {path} is current yet; check the system's time.");
    }

    /// <summary>Reads the file again if it was written since. Run each minute on every node, so that a rotation is known everywhere before it takes effect.</summary>
    /// <exception cref="KeyFileException">The new file can't be used; the keys in memory stay.</exception>
    public void Refresh()
    {
        lock (_refreshing)
        {
            var written = File.GetLastWriteTimeUtc(_path);
            if (written == _readAt)
                return;
            var loaded = new Loaded(KeyFile.Load(_path));
            if (loaded.Masters.All(k => k.From > _clock.Now) || loaded.Journals.All(k => k.From > _clock.Now))
                throw new KeyFileException($"No key in the key file {_path} is current yet; check the system's time.");
            _loaded = loaded;
            _readAt = written;
        }
    }

    /// <summary>The key that new things of this purpose are made with.</summary>
    public Subkey Current(KeyPurpose purpose)
    {
        var loaded = _loaded;
        return loaded.Derive(Latest(loaded.Masters, k => k.From), purpose);
    }

    /// <summary>Every key of this purpose that may have made something, the current one first.</summary>
    public IReadOnlyList<Subkey> All(KeyPurpose purpose)
    {
        var loaded = _loaded;
        var current = Latest(loaded.Masters, k => k.From);
        return [.. loaded.Masters.OrderByDescending(k => k == current).ThenByDescending(k => k.From).Select(k => loaded.Derive(k, purpose))];
    }

    /// <summary>Encrypts a column's text: <c>v1.key.base64url(nonce ‖ ciphertext ‖ tag)</c>, AES-256-GCM (NIST SP 800-38D).</summary>
    public string Encrypt(string text, FieldPlace place)
    {
        var key = Current(KeyPurpose.FieldEncryption);
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        _randomness.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), Bound(key.Id, place));
        CryptographicOperations.ZeroMemory(plain);
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    /// <summary>The text of a ciphertext.</summary>
    /// <exception cref="CryptographicException">Not a ciphertext, altered, of another place, or of a key that is no longer in the file.</exception>
    public string Decrypt(string ciphertext, FieldPlace place)
    {
        if (!TryOpen(ciphertext, KeyPurpose.FieldEncryption, out var key, out var bytes) || bytes.Length < NonceBytes + TagBytes)
            throw new CryptographicException("Not a ciphertext of a key in the ring.");
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain, Bound(key.Id, place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether a ciphertext or keyed hash was made with another key than the current one, so that the rotation job should make it anew.</summary>
    public bool NeedsRotation(string stored) => !stored.StartsWith(CurrentPrefix, StringComparison.Ordinal);

    /// <summary>What every ciphertext and keyed hash of the current key begins with, for finding those that <see cref="NeedsRotation"/>.</summary>
    public string CurrentPrefix => $"{Version}.{Latest(_loaded.Masters, k => k.From).Id}.";

    /// <summary>A hash for looking personal data up by equality: <c>v1.key.base64url(HMAC-SHA256)</c>. The scope (table.column) keeps equal values in different columns apart.</summary>
    public string KeyedHash(string scope, string value) => Hash(Current(KeyPurpose.KeyedHash), scope, value);

    /// <summary>The value's hashes under every key, the current one first: while a rotation is under way a look-up asks for any of them.</summary>
    public IReadOnlyList<string> Candidates(string scope, string value) => [.. All(KeyPurpose.KeyedHash).Select(k => Hash(k, scope, value))];

    /// <summary>A message authentication code: <c>v1.key.base64url(HMAC-SHA256)</c>.</summary>
    public string Mac(KeyPurpose purpose, ReadOnlySpan<byte> message)
    {
        var key = Current(purpose);
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, message))}";
    }

    /// <summary>Whether <paramref name="mac"/> was made over exactly this message for this purpose, by any key of the ring. Compares in constant time.</summary>
    public bool VerifyMac(KeyPurpose purpose, ReadOnlySpan<byte> message, string mac) =>
        TryOpen(mac, purpose, out var key, out var bytes) && CryptographicOperations.FixedTimeEquals(bytes, HMACSHA256.HashData(key.Bytes, message));

    /// <summary>The key pair that signs journal exports now: ECDSA P-256. The caller disposes it.</summary>
    public ECDsa JournalKey() => Pair(Latest(_loaded.Journals, k => k.From));

    /// <summary>Public journal keys by id (SubjectPublicKeyInfo, DER), to be published: <c>verify</c> needs nothing else.</summary>
    public IReadOnlyDictionary<string, byte[]> JournalPublicKeys() => _loaded.Journals.ToDictionary(k => k.Id, k =>
    {
        using var pair = Pair(k);
        return pair.ExportSubjectPublicKeyInfo();
    }, StringComparer.Ordinal);

    private static ECDsa Pair(JournalKey key)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(key.Pkcs8), out _);
        return pair;
    }

    private static string Hash(Subkey key, string scope, string value) =>
        $"{Version}.{key.Id}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, Joined(scope, value)))}";

    private static byte[] Bound(string keyId, FieldPlace place) => Joined(Version, keyId, place.Table, place.Column, place.Row);

    /// <summary>Each part with its length before it: no two lists of parts give the same bytes.</summary>
    private static byte[] Joined(params ReadOnlySpan<string> parts)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var part in parts)
            writer.Write(part);
        writer.Flush();
        return bytes.ToArray();
    }

    private T Latest<T>(IEnumerable<T> keys, Func<T, DateTimeOffset> from)
    {
        var now = _clock.Now;
        return keys.Where(k => from(k) <= now).MaxBy(from) ?? throw new KeyFileException($"No key in the key file {_path} is current yet; check the system's time.");
    }

    private bool TryOpen(string text, KeyPurpose purpose, [NotNullWhen(true)] out Subkey? key, out byte[] bytes)
    {
        key = null;
        bytes = [];
        var parts = text.Split('.');
        if (parts is not [Version, var id, var body] || !Base64Url.IsValid(body))
            return false;
        var loaded = _loaded;
        if (loaded.Masters.FirstOrDefault(k => string.Equals(k.Id, id, StringComparison.Ordinal)) is not { } master)
            return false;
        key = loaded.Derive(master, purpose);
        bytes = Base64Url.DecodeFromChars(body);
        return true;
    }

    /// <summary>One reading of the file, with the subkeys derived so far (keys × purposes at most).</summary>
    private sealed class Loaded(KeyFile file)
    {
        private readonly ConcurrentDictionary<(string Id, KeyPurpose Purpose), Subkey> _derived = new();

        public IReadOnlyList<MasterKey> Masters { get; } = file.Keys;

        public IReadOnlyList<JournalKey> Journals { get; } = file.Journal;

        public Subkey Derive(MasterKey master, KeyPurpose purpose) => _derived.GetOrAdd(
            (master.Id, purpose),
            static (k, m) => new Subkey(m.Id, HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(m.Secret), KeyFile.SecretBytes, info: Encoding.UTF8.GetBytes("phoenix/" + k.Purpose.Name))),
            master);
    }
}
