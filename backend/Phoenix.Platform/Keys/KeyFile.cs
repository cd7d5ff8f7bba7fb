using System.Security.Cryptography;
using System.Text.Json;
using Phoenix.Platform.Ids;

namespace Phoenix.Platform.Keys;

/// <summary>One master key.</summary>
/// <param name="Id">Carried by everything made with it: letters and digits, up to 16.</param>
/// <param name="From">When it becomes the current one; older keys stay for reading.</param>
/// <param name="Secret">32 random bytes, base64.</param>
public sealed record MasterKey(string Id, DateTimeOffset From, string Secret);

/// <summary>One key pair that signs journal trailers: ECDSA P-256.</summary>
/// <param name="Id">Carried by the trailer.</param>
/// <param name="From">When it becomes the current one.</param>
/// <param name="Pkcs8">The private key, PKCS #8, base64.</param>
public sealed record JournalKey(string Id, DateTimeOffset From, string Pkcs8);

/// <summary>The keys file can't be used; the message says why and what to do, and holds no secret.</summary>
public sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The file <c>keys.json</c>: master keys and journal keys, readable by its owner only. It is the one secret to back up; without it encrypted
/// columns are lost.
/// </summary>
public sealed record KeyFile(IReadOnlyList<MasterKey> Keys, IReadOnlyList<JournalKey> Journal)
{
    /// <summary>Bytes of a master key.</summary>
    public const int SecretBytes = 32;

    /// <summary>Keys of each sort that a file may hold.</summary>
    public const int MaxKeys = 64;

    /// <summary>Longest file that is read, in bytes.</summary>
    public const int MaxFileBytes = 256 * 1024;

    /// <summary>How long after a rotation the new key becomes current: every node has read it by then (<see cref="KeyRing.Refresh"/> runs each minute).</summary>
    public static readonly TimeSpan RotationLead = TimeSpan.FromMinutes(15);

    /// <summary>The key printed in the manual as an example. Everyone knows it, so it is refused.</summary>
    public const string ExampleSecret = "cGhvZW5peC1leGFtcGxlLWtleS1kby1ub3QtdXNlISE=";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Writes a new file with one key of each sort, current from <paramref name="now"/>.</summary>
    /// <exception cref="KeyFileException">There is a file already: it is never overwritten.</exception>
    public static KeyFile Create(string path, DateTimeOffset now, IRandomness randomness)
    {
        var file = new KeyFile([NewMaster(1, now, randomness)], [NewJournal(1, now)]);
        Write(path, file, overwrite: false);
        return file;
    }

    /// <summary>Adds a master key and a journal key that become current <see cref="RotationLead"/> after <paramref name="now"/>.</summary>
    /// <exception cref="KeyFileException">The file can't be used, or an earlier rotation is not current yet.</exception>
    public static KeyFile Rotate(string path, DateTimeOffset now, IRandomness randomness)
    {
        var old = Load(path);
        if (old.Keys.Any(k => k.From > now))
            throw new KeyFileException($"The key file {path} holds a key that is not current yet; wait until it is, then rotate.");
        if (old.Keys.Count >= MaxKeys || old.Journal.Count >= MaxKeys)
            throw new KeyFileException($"The key file {path} holds {MaxKeys} keys already; remove old ones that nothing uses any more.");

        var from = now + RotationLead;
        var file = new KeyFile([.. old.Keys, NewMaster(NextNumber(old.Keys.Select(k => k.Id)), from, randomness)], [.. old.Journal, NewJournal(NextNumber(old.Journal.Select(k => k.Id)), from)]);
        Write(path, file, overwrite: true);
        return file;
    }

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="KeyFileException">Missing, broken, readable by others, or with a key that is weak or known.</exception>
    public static KeyFile Load(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != UnixFileMode.None)
                throw new KeyFileException($"Other users can read or write the key file {path}; run: chmod 600 {path} (and rotate the keys if somebody may have read it).");
            if (stream.Length > MaxFileBytes)
                throw new KeyFileException($"The key file {path} is larger than {MaxFileBytes} bytes, so it is no key file.");
            var file = JsonSerializer.Deserialize<KeyFile>(stream, s_json) ?? throw new KeyFileException($"The key file {path} is empty.");
            file.Check(path);
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyFileException($"There is no key file {path}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KeyFileException($"The key file {path} may not be read by this user; check its owner.", e);
        }
        catch (JsonException e)
        {
            // The parser's own text may quote what it read.
            throw new KeyFileException($"The key file {path} is not valid JSON (line {e.LineNumber + 1}).");
        }
    }

    /// <summary>Checks what can't be seen from the types.</summary>
    /// <exception cref="KeyFileException">A key is missing, doubled, malformed, weak or known.</exception>
    internal void Check(string path)
    {
        if (Keys is not { Count: > 0 and <= MaxKeys } || Journal is not { Count: > 0 and <= MaxKeys })
            throw new KeyFileException($"The key file {path} needs 1 to {MaxKeys} master keys and as many journal keys.");
        foreach (var id in Keys.Select(k => k.Id).Concat(Journal.Select(k => k.Id)))
            if (id is not { Length: > 0 and <= 16 } || !id.All(char.IsAsciiLetterOrDigit))
                throw new KeyFileException($"The key file {path} holds a key whose id is not 1 to 16 letters or digits.");
        if (Keys.DistinctBy(k => k.Id, StringComparer.Ordinal).Count() != Keys.Count || Journal.DistinctBy(k => k.Id, StringComparer.Ordinal).Count() != Journal.Count)
            throw new KeyFileException($"The key file {path} holds two keys of one id.");
        foreach (var key in Keys)
            CheckSecret(path, key);
        foreach (var key in Journal)
            CheckJournal(path, key);
    }

    private static void CheckSecret(string path, MasterKey key)
    {
        Span<byte> secret = stackalloc byte[SecretBytes + 1];
        if (key.Secret is null || !Convert.TryFromBase64String(key.Secret, secret, out var length) || length != SecretBytes)
            throw new KeyFileException($"Key {key.Id} in the key file {path} is not {SecretBytes} bytes in base64.");
        // 32 random bytes have about 30 different values; fewer than 16 happens once in more than 10^14 keys.
        if (string.Equals(key.Secret, ExampleSecret, StringComparison.Ordinal) || secret[..length].ToArray().Distinct().Count() < 16 || IsCounting(secret[..length]))
            throw new KeyFileException($"Key {key.Id} in the key file {path} is an example or weak, so it protects nothing; make a new file with: phoenix keys create FILE");
    }

    private static bool IsCounting(ReadOnlySpan<byte> secret)
    {
        for (var i = 1; i < secret.Length; i++)
            if ((byte)(secret[i] - secret[i - 1]) != 1)
                return false;
        return true;
    }

    private static void CheckJournal(string path, JournalKey key)
    {
        try
        {
            using var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(Convert.FromBase64String(key.Pkcs8 ?? ""), out _);
            if (pair.KeySize == 256)
                return;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new KeyFileException($"Journal key {key.Id} in the key file {path} can't be read.", e);
        }

        throw new KeyFileException($"Journal key {key.Id} in the key file {path} is no P-256 key.");
    }

    private static MasterKey NewMaster(int number, DateTimeOffset from, IRandomness randomness)
    {
        var secret = new byte[SecretBytes];
        randomness.Fill(secret);
        return new MasterKey($"k{number}", from, Convert.ToBase64String(secret));
    }

    private static JournalKey NewJournal(int number, DateTimeOffset from)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new JournalKey($"j{number}", from, Convert.ToBase64String(pair.ExportPkcs8PrivateKey()));
    }

    private static int NextNumber(IEnumerable<string> ids) => ids.Max(id => int.TryParse(id.AsSpan(1), out var n) ? n : 0) + 1;

    /// <summary>Through a temporary file that is on the disk before it takes the name: a reader sees the old file or the new one.</summary>
    private static void Write(string path, KeyFile file, bool overwrite)
    {
        var temporary = path + ".new";
        try
        {
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            using (var stream = new FileStream(temporary, options))
            {
                JsonSerializer.Serialize(stream, file, s_json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            File.Delete(temporary);
            throw new KeyFileException($"The key file {path} exists already and is never overwritten.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file {path} can't be written; check the folder's rights and the disk's room.", e);
        }
    }
}
