using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Platform.Keys;

/// <summary>The keys file is guarded, and what the ring makes can be read in its own place only, across rotations.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeysTests : IDisposable
{
    private static readonly FieldPlace s_place = new("persons", "phone", "7");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phoenix-keys-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly SystemRandomness _randomness = new();

    private string KeysPath => Path.Combine(_folder.FullName, "keys.json");

    private Clock Clock => new(_time);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_file_is_the_owners_only_and_never_overwritten()
    {
        KeyFile.Create(KeysPath, Clock.Now, _randomness);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeysPath));
        var before = File.ReadAllText(KeysPath);
        Assert.Contains("exists already", Assert.Throws<KeyFileException>(() => KeyFile.Create(KeysPath, Clock.Now, _randomness)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(KeysPath));
        Assert.Equal([KeysPath], Directory.GetFiles(_folder.FullName));
    }

    [Theory, InlineData(UnixFileMode.GroupRead), InlineData(UnixFileMode.OtherRead), InlineData(UnixFileMode.GroupWrite)]
    public void A_file_open_to_others_is_refused(UnixFileMode extra)
    {
        KeyFile.Create(KeysPath, Clock.Now, _randomness);
        File.SetUnixFileMode(KeysPath, File.GetUnixFileMode(KeysPath) | extra);
        Assert.Contains("chmod 600", Assert.Throws<KeyFileException>(() => KeyFile.Load(KeysPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_known_doubled_and_broken_keys_are_refused_without_quoting_them()
    {
        var good = KeyFile.Create(KeysPath, Clock.Now, _randomness);
        string Refusal(string secret) => RefusalOf(good with { Keys = [good.Keys[0] with { Secret = secret }] });

        Assert.Contains("example or weak", Refusal(KeyFile.ExampleSecret), StringComparison.Ordinal);
        Assert.Contains("example or weak", Refusal(Convert.ToBase64String(new byte[32])), StringComparison.Ordinal);
        Assert.Contains("example or weak", Refusal(Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)])), StringComparison.Ordinal);
        Assert.Contains("32 bytes", Refusal(Convert.ToBase64String(new byte[31])), StringComparison.Ordinal);
        Assert.DoesNotContain("my-own-secret", Refusal("my-own-secret"), StringComparison.Ordinal);
        Assert.Contains("two keys of one id", RefusalOf(good with { Keys = [good.Keys[0], good.Keys[0]] }), StringComparison.Ordinal);
        Assert.Contains("letters or digits", RefusalOf(good with { Keys = [good.Keys[0] with { Id = "a.b" }] }), StringComparison.Ordinal);
        Assert.Contains("master keys", RefusalOf(good with { Keys = [] }), StringComparison.Ordinal);
        Assert.Contains("can't be read", RefusalOf(good with { Journal = [good.Journal[0] with { Pkcs8 = "AAAA" }] }), StringComparison.Ordinal);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Contains("P-256", RefusalOf(good with { Journal = [good.Journal[0] with { Pkcs8 = Convert.ToBase64String(p384.ExportPkcs8PrivateKey()) }] }), StringComparison.Ordinal);

        WriteText("{\"keys\": [\"my-own-secret\"");
        Assert.DoesNotContain("my-own-secret", Assert.Throws<KeyFileException>(() => KeyFile.Load(KeysPath)).ToString(), StringComparison.Ordinal);
        File.Delete(KeysPath);
        Assert.Contains("There is no key file", Assert.Throws<KeyFileException>(() => KeyFile.Load(KeysPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ciphertext_is_readable_in_its_own_place_only_and_unaltered_only()
    {
        var ring = NewRing();
        var ciphertext = ring.Encrypt("13800138000", s_place);
        Assert.StartsWith("v1.k1.", ciphertext, StringComparison.Ordinal);
        Assert.Equal("13800138000", ring.Decrypt(ciphertext, s_place));
        Assert.NotEqual(ciphertext, ring.Encrypt("13800138000", s_place), StringComparer.Ordinal);
        foreach (var elsewhere in new[] { s_place with { Row = "8" }, s_place with { Column = "name" }, s_place with { Table = "x" }, new FieldPlace("persons", "phon", "e7") })
            Assert.ThrowsAny<CryptographicException>(() => ring.Decrypt(ciphertext, elsewhere));
        foreach (var altered in new[] { ciphertext[..^2] + (ciphertext[^2] == 'A' ? 'B' : 'A') + ciphertext[^1], ciphertext.Replace("k1", "k9", StringComparison.Ordinal), "v1.k1.AAAA", "v2" + ciphertext[2..], "", "13800138000", "v1.k1.!!" })
            Assert.ThrowsAny<CryptographicException>(() => ring.Decrypt(altered, s_place));
    }

    [Fact]
    public void A_rotation_takes_effect_after_its_lead_time_on_a_node_that_refreshed_and_old_things_stay_readable()
    {
        var ring = NewRing();
        var (oldCipher, oldHash, oldMac) = (ring.Encrypt("x", s_place), ring.KeyedHash("persons.phone", "x"), ring.Mac(KeyPurpose.SignedLinks, "m"u8));
        KeyFile.Rotate(KeysPath, Clock.Now, _randomness);
        File.SetLastWriteTimeUtc(KeysPath, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        ring.Refresh();
        _time.Advance(KeyFile.RotationLead - TimeSpan.FromMilliseconds(1));
        Assert.Equal("k1", ring.Current(KeyPurpose.AccessTokens).Id);
        Assert.False(ring.NeedsRotation(oldCipher));
        Assert.Equal(2, ring.All(KeyPurpose.AccessTokens).Count);
        Assert.Throws<KeyFileException>(() => KeyFile.Rotate(KeysPath, Clock.Now, _randomness));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("k2", ring.Current(KeyPurpose.AccessTokens).Id);
        Assert.Equal("k2", ring.All(KeyPurpose.AccessTokens)[0].Id);
        Assert.True(ring.NeedsRotation(oldCipher));
        Assert.True(ring.NeedsRotation(oldHash));
        Assert.Equal("x", ring.Decrypt(oldCipher, s_place));
        Assert.True(ring.VerifyMac(KeyPurpose.SignedLinks, "m"u8, oldMac));
        Assert.NotEqual(oldHash, ring.KeyedHash("persons.phone", "x"), StringComparer.Ordinal);
        Assert.Equal([ring.KeyedHash("persons.phone", "x"), oldHash], ring.Candidates("persons.phone", "x"));
        using var current = ring.JournalKey();
        Assert.Equal(ring.JournalPublicKeys()["j2"], current.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_broken_new_file_leaves_the_keys_in_memory()
    {
        var ring = NewRing();
        var ciphertext = ring.Encrypt("x", s_place);
        WriteText("{}");
        File.SetLastWriteTimeUtc(KeysPath, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Throws<KeyFileException>(ring.Refresh);
        Assert.Equal("x", ring.Decrypt(ciphertext, s_place));
    }

    [Fact]
    public void Purposes_and_scopes_are_apart()
    {
        var ring = NewRing();
        var mac = ring.Mac(KeyPurpose.CheckInCodes, "m"u8);
        Assert.True(ring.VerifyMac(KeyPurpose.CheckInCodes, "m"u8, mac));
        Assert.False(ring.VerifyMac(KeyPurpose.MemberCodes, "m"u8, mac));
        Assert.False(ring.VerifyMac(KeyPurpose.CheckInCodes, "n"u8, mac));
        Assert.False(ring.VerifyMac(KeyPurpose.CheckInCodes, "m"u8, "v1.k1."));
        Assert.False(ring.VerifyMac(KeyPurpose.CheckInCodes, "m"u8, "nonsense"));
        Assert.NotEqual(ring.KeyedHash("a", "bc"), ring.KeyedHash("ab", "c"), StringComparer.Ordinal);
        KeyPurpose[] all = [KeyPurpose.AccessTokens, KeyPurpose.SignedLinks, KeyPurpose.Cursors, KeyPurpose.FieldEncryption, KeyPurpose.KeyedHash, KeyPurpose.CheckInCodes, KeyPurpose.MemberCodes, KeyPurpose.FixedCodes];
        Assert.Equal(all.Length, all.Select(p => Convert.ToHexString(ring.Current(p).Bytes)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Subkeys_never_change_for_the_same_file()
    {
        // A golden value: another derivation would make every stored ciphertext unreadable.
        var file = KeyFile.Create(KeysPath, Clock.Now, _randomness);
        var secret = SHA256.HashData("golden"u8);
        Write(file with { Keys = [file.Keys[0] with { Secret = Convert.ToBase64String(secret) }] });
        var expected = HMACSHA256.HashData(HMACSHA256.HashData(new byte[32], secret), (byte[])[.. Encoding.UTF8.GetBytes("phoenix/cursors"), 1]);
        Assert.Equal(expected, new KeyRing(KeysPath, Clock, _randomness).Current(KeyPurpose.Cursors).Bytes);
    }

    [Fact]
    public void A_ring_with_no_key_that_is_current_yet_is_refused()
    {
        KeyFile.Create(KeysPath, Clock.Now + TimeSpan.FromHours(1), _randomness);
        Assert.Contains("system's time", Assert.Throws<KeyFileException>(() => new KeyRing(KeysPath, Clock, _randomness)).Message, StringComparison.Ordinal);
    }

    private KeyRing NewRing()
    {
        KeyFile.Create(KeysPath, Clock.Now, _randomness);
        return new KeyRing(KeysPath, Clock, _randomness);
    }

    private string RefusalOf(KeyFile file)
    {
        Write(file);
        return Assert.Throws<KeyFileException>(() => KeyFile.Load(KeysPath)).Message;
    }

    private void Write(KeyFile file) => WriteText(System.Text.Json.JsonSerializer.Serialize(file, System.Text.Json.JsonSerializerOptions.Web));

    /// <summary>Keeps the file and so its mode.</summary>
    private void WriteText(string text) => File.WriteAllText(KeysPath, text);
}
