using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Embedded;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.App.Tests.Platform.Embedded;

/// <summary>One process on a folder, secrets made once, and a Garnet that starts whatever became of its files.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class EmbeddedTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("phoenix-data-").FullName, "data");
    private readonly Clock _clock = new(TimeProvider.System);
    private readonly SystemRandomness _randomness = new();

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        }
        catch (IOException)
        {
            // Garnet's own threads may write for a moment after its end; the run's temporary folder goes as a whole.
        }
    }

    [Fact]
    public void The_folder_is_the_owners_and_a_second_opener_is_refused_by_name()
    {
        using (var folder = DataFolder.Open(_path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
            var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Open(_path));
            Assert.Contains($"(pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", refusal.Message, StringComparison.Ordinal);
        }

        using var again = DataFolder.Open(_path);
    }

    [Fact]
    public void Another_process_that_holds_the_lock_keeps_us_out_until_it_is_killed()
    {
        DataFolder.Open(_path).Dispose();
        using var holder = Process.Start(new ProcessStartInfo("flock", ["--exclusive", "--no-fork", Path.Combine(_path, "phoenix.lock"), "sh", "-c", "echo held; exec cat"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());
        Assert.Throws<DataFolderException>(() => DataFolder.Open(_path));
        holder.Kill();
        holder.WaitForExit();
        using var folder = DataFolder.Open(_path);
    }

    [Fact]
    public void A_folder_that_cant_be_made_is_one_clear_message()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, "a file");
        Assert.Contains("can't be used", Assert.Throws<DataFolderException>(() => DataFolder.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_made_once_and_never_anew_beside_a_database()
    {
        using var folder = DataFolder.Open(_path);
        var hash = EmbeddedSecrets.Open(folder, _clock, _randomness).KeyedHash("a", "b");
        Assert.Equal(hash, EmbeddedSecrets.Open(folder, _clock, _randomness).KeyedHash("a", "b"));
        File.WriteAllText(folder.DatabasePath, "");
        File.Delete(folder.KeysPath);
        Assert.Contains("from your backup", Assert.Throws<DataFolderException>(() => EmbeddedSecrets.Open(folder, _clock, _randomness)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garnet_keeps_what_it_had_over_a_restart_and_wants_its_password()
    {
        using var folder = DataFolder.Open(_path);
        await Fill(folder);
        await using var garnet = await Start(folder);
        Assert.Null(garnet.MovedAside);
        await using var gate = await Gate(garnet.Configuration).Connected();
        Assert.Equal("v99", await Asked(gate, db => db.StringGetAsync("k99")));
        await using var stranger = Gate(garnet.Configuration.Split(',')[0]);
        Assert.False((await stranger.Call(db => db.StringGetAsync("k99"), Cancel)).IsAvailable);
    }

    [Theory, InlineData("truncate"), InlineData("garble"), InlineData("empty"), InlineData("half"), InlineData("delete-some")]
    public async Task Garnet_starts_whatever_became_of_its_files(string damage)
    {
        using var folder = DataFolder.Open(_path);
        await Fill(folder);
        var files = Directory.GetFiles(folder.Combine("garnet"), "*", SearchOption.AllDirectories);
        Assert.Contains(true, files.Select(file => TryDamage(file, damage)).ToList());
        await using var garnet = await Start(folder);
        await using var gate = await Gate(garnet.Configuration).Connected();
        Assert.True(await Asked(gate, db => db.StringSetAsync("new", "1")));
    }

    [Fact]
    public async Task Files_that_took_the_process_down_at_the_last_start_are_moved_aside()
    {
        using var folder = DataFolder.Open(_path);
        await Fill(folder);
        await File.WriteAllTextAsync(Path.Combine(folder.Combine("garnet"), "starting"), "", Cancel);
        await using var garnet = await Start(folder);
        Assert.True(Directory.Exists(garnet.MovedAside));
        await using var gate = await Gate(garnet.Configuration).Connected();
        Assert.True((await Asked(gate, db => db.StringGetAsync("k99"))).IsNull);
    }

    // Garnet's own threads may take a file away a moment after its end.
    private static bool TryDamage(string file, string damage)
    {
        try
        {
            Damage(file, damage);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static void Damage(string file, string damage)
    {
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "truncate": File.WriteAllBytes(file, bytes[..Math.Min(bytes.Length, 100)]); break;
            case "half": File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]); break;
            case "empty": File.WriteAllBytes(file, []); break;
            case "delete-some": if (file.EndsWith(".0", StringComparison.Ordinal)) File.Delete(file); break;
            default:
                for (var i = 0; i < bytes.Length; i++)
                    bytes[i] = (byte)(i * 31 + 7);
                File.WriteAllBytes(file, bytes);
                break;
        }
    }

    private static RedisGate Gate(string configuration) => new(new RedisSettings(configuration), new Clock(TimeProvider.System), NullLogger<RedisGate>.Instance);

    /// <summary>An answer: on a busy machine one call may be over before it comes.</summary>
    private static async Task<T> Asked<T>(RedisGate gate, Func<IDatabase, Task<T>> call)
    {
        RedisReply<T> reply = default;
        await Gates.Until(async () => (reply = await gate.Call(call, Cancel)).IsAvailable);
        return reply.Value!;
    }

    /// <summary>Log and a checkpoint on the disk.</summary>
    private async Task Fill(DataFolder folder)
    {
        await using var garnet = await Start(folder);
        await using var gate = await Gate(garnet.Configuration).Connected();
        for (var i = 0; i < 100; i++)
            Assert.True(await Asked(gate, db => db.StringSetAsync($"k{i}", $"v{i}")));
        // A checkpoint, which is on the disk when it is answered; the log is written a moment later.
        await using var admin = await ConnectionMultiplexer.ConnectAsync(garnet.Configuration + ",allowAdmin=true");
        Assert.Equal("OK", (string?)await admin.GetDatabase().ExecuteAsync("SAVE"));
        Assert.True(await Asked(gate, db => db.StringSetAsync("after", "1")));
    }

    private Task<EmbeddedGarnet> Start(DataFolder folder) => EmbeddedGarnet.Start(folder, _clock, _randomness, NullLoggerFactory.Instance);
}
