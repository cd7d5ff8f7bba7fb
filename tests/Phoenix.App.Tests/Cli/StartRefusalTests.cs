using System.Net;
using System.Net.Sockets;
using Phoenix.App.Cli;
using Phoenix.App.Hosting;
using Phoenix.App.Tests.Hosting;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Cli;

/// <summary>A host that would run wrongly doesn't start; the operator reads one line that says what to mend.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StartRefusalTests : IDisposable
{
    private static readonly Dictionary<string, string> s_production = new(StringComparer.Ordinal)
    {
        ["PHOENIX_HOST"] = "production",
        ["PHOENIX_POSTGRES"] = "Host=127.0.0.1;Port=1;Database=x;Username=serving;Password=k3ep-it-9",
        ["PHOENIX_REDIS"] = "127.0.0.1:1",
        ["PHOENIX_KEYS_FILE"] = "/nowhere/keys.json",
        ["PHOENIX_WECHAT_APPID"] = "wx1234",
        ["PHOENIX_WECHAT_SECRET"] = "0f1e2d3c4b5a",
        ["PHOENIX_PUBLIC_URL"] = "https://phoenix.example.cn",
        ["PHOENIX_WECHAT_PUSH_TOKEN"] = "q7Xw2Rk9Lm4Z",
        ["PHOENIX_WECHAT_PUSH_KEY"] = "k3YpT8sWz1QdLx0VbN6mRc9HgJf2Ua7EoKi5Ml4Pr0B",
        ["PHOENIX_WECHAT_FILES"] = "MP_verify_a1.txt=a1b2;k8.txt=c3d4",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phoenix-cli-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Settings_that_are_whole_are_taken()
    {
        HostSettings.FromEnvironment(s_production.GetValueOrDefault).EnsureServable();
        new HostSettings { WeChatSimulator = true }.EnsureServable();
    }

    [Theory]
    [InlineData("PHOENIX_POSTGRES", null, "PHOENIX_POSTGRES")]
    [InlineData("PHOENIX_POSTGRES", "nonsense", "PHOENIX_POSTGRES is not a connection string")]
    [InlineData("PHOENIX_POSTGRES", "Host=h;Username=u;Password=postgres", "the password in PHOENIX_POSTGRES")]
    [InlineData("PHOENIX_POSTGRES", "Host=h;Username=u;Password=ChangeMe", "the password in PHOENIX_POSTGRES")]
    [InlineData("PHOENIX_REDIS", null, "PHOENIX_REDIS")]
    [InlineData("PHOENIX_REDIS", "127.0.0.1:6379,password=phoenix", "the password in PHOENIX_REDIS")]
    [InlineData("PHOENIX_REDIS", "127.0.0.1:6379,nonsense=1", "PHOENIX_REDIS is not")]
    [InlineData("PHOENIX_KEYS_FILE", null, "phoenix keys create")]
    [InlineData("PHOENIX_WECHAT_APPID", null, "PHOENIX_WECHAT_APPID")]
    [InlineData("PHOENIX_WECHAT_SECRET", null, "PHOENIX_WECHAT_SECRET")]
    [InlineData("PHOENIX_WECHAT_SECRET", "secret", "PHOENIX_WECHAT_SECRET")]
    [InlineData("PHOENIX_PUBLIC_URL", null, "PHOENIX_PUBLIC_URL")]
    [InlineData("PHOENIX_PUBLIC_URL", "http://phoenix.example.cn", "PHOENIX_PUBLIC_URL")]
    [InlineData("PHOENIX_PUBLIC_URL", "https://phoenix.example.cn/a", "PHOENIX_PUBLIC_URL")]
    [InlineData("PHOENIX_WECHAT_PUSH_TOKEN", null, "PHOENIX_WECHAT_PUSH_TOKEN")]
    [InlineData("PHOENIX_WECHAT_PUSH_TOKEN", "phoenix", "PHOENIX_WECHAT_PUSH_TOKEN is well-known or too simple")]
    [InlineData("PHOENIX_WECHAT_PUSH_TOKEN", "aaaaaaaaaaaaaaaa", "PHOENIX_WECHAT_PUSH_TOKEN is well-known or too simple")]
    [InlineData("PHOENIX_WECHAT_PUSH_KEY", null, "PHOENIX_WECHAT_PUSH_KEY")]
    [InlineData("PHOENIX_WECHAT_PUSH_KEY", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "PHOENIX_WECHAT_PUSH_KEY is an example's")]
    [InlineData("PHOENIX_WECHAT_PUSH_KEY", "k3YpT8sWz1QdLx0VbN6mRc9HgJf2Ua7EoKi5Ml4P", "no EncodingAESKey")]
    [InlineData("PHOENIX_WECHAT_PUSH_MODE", "plain", "for the simulator alone")]
    [InlineData("PHOENIX_WECHAT_PUSH_MODE", "open", "PHOENIX_WECHAT_PUSH_MODE is 'open'")]
    [InlineData("PHOENIX_WECHAT_FILES", "../secret.txt=1", "PHOENIX_WECHAT_FILES")]
    [InlineData("PHOENIX_WECHAT_FILES", "a.html=1", "PHOENIX_WECHAT_FILES")]
    [InlineData("PHOENIX_WECHAT_FILES", "a.txt=1;a.txt=2", "PHOENIX_WECHAT_FILES")]
    [InlineData("PHOENIX_WECHAT", "simulator", "simulator never runs in production")]
    [InlineData("PHOENIX_WECHAT", "on", "can only be simulator")]
    [InlineData("PHOENIX_HOST", "prod", "embedded or production")]
    [InlineData("PHOENIX_URL", "https://x", "http://HOST:PORT")]
    public void Production_without_something_or_with_something_everybody_knows_is_refused(string variable, string? value, string says)
    {
        var environment = new Dictionary<string, string>(s_production, StringComparer.Ordinal);
        environment.Remove(variable);
        if (value is not null)
            environment[variable] = value;
        var refusal = Assert.Throws<StartRefusedException>(() => HostSettings.FromEnvironment(environment.GetValueOrDefault).EnsureServable());
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain("k3ep-it-9", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("http://0.0.0.0:5080"), InlineData("http://192.168.1.5:5080"), InlineData("http://[::]:5080"), InlineData("http://phoenix.example:80")]
    public void The_simulator_listens_on_this_machine_only(string url)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => new HostSettings { WeChatSimulator = true, Url = url }.EnsureServable());
        Assert.Contains("only this machine", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("PHOENIX_WECHAT_APPID", Assert.Throws<StartRefusedException>(() => new HostSettings { Url = url }.EnsureServable()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_host_with_the_simulator_has_a_clock_that_can_be_set()
    {
        var live = HostSettings.FromEnvironment(s_production.GetValueOrDefault) with { StartsAt = DateTimeOffset.UnixEpoch };
        Assert.Contains("--at", Assert.Throws<StartRefusedException>(live.EnsureServable).Message, StringComparison.Ordinal);
        new HostSettings { WeChatSimulator = true, StartsAt = DateTimeOffset.UnixEpoch }.EnsureServable();
    }

    [Theory]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("serve --url", "--url")]
    [InlineData("serve --url nonsense", "nonsense")]
    [InlineData("--url https://127.0.0.1:1", "https://127.0.0.1:1")]
    [InlineData("serve --wechat real", "real")]
    [InlineData("serve --seed --seed=perhaps", "perhaps")]
    [InlineData("serve --wechat simulator --at tomorrow", "tomorrow")]
    [InlineData("keys create", "FILE")]
    [InlineData("keys", "command")]
    [InlineData("migrate now", "now")]
    public async Task A_wrong_call_gets_one_line_and_exit_code_2(string line, string names)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(PhoenixCli.WronglyCalled, await PhoenixCli.Run(line.Split(' '), output, errors));
        Assert.Equal("", output.ToString());
        Assert.Contains(names, OneLine(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "serve", "migrate", "keys", "openapi", "--url", "--seed", "--wechat", "--data", "--version")]
    [InlineData("serve --help", "PHOENIX_HOST=production", "http://127.0.0.1:5080", "this machine only", "PHOENIX_DATA")]
    [InlineData("migrate --help", "PHOENIX_POSTGRES_OWNER", "PHOENIX_POSTGRES")]
    [InlineData("keys --help", "create", "rotate")]
    [InlineData("keys create --help", "FILE", "readable by its owner only")]
    [InlineData("keys rotate --help", "FILE", "15 minutes")]
    [InlineData("openapi --help", "openapi.json")]
    [InlineData("simulate --help", "--url", "--push", "this machine only")]
    public async Task Help_says_what_each_command_does_and_takes(string line, params string[] says)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(PhoenixCli.Done, await PhoenixCli.Run(line.Split(' '), output, errors));
        Assert.Equal("", errors.ToString());
        var text = string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(says, s => Assert.Contains(s, text, StringComparison.Ordinal));
        Assert.Contains("Usage:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_refused()
    {
        var keys = Path.Combine(_folder.FullName, "keys.json");
        Assert.Equal(PhoenixCli.Done, (await ChildHost.Run(["keys", "create", keys])).Code);
        Assert.Contains("never overwritten", Refused(await ChildHost.Run(["keys", "create", keys])), StringComparison.Ordinal);
        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var environment = new Dictionary<string, string>(s_production, StringComparer.Ordinal) { ["PHOENIX_KEYS_FILE"] = keys };
        Assert.Contains("chmod 600", Refused(await ChildHost.Run([], environment)), StringComparison.Ordinal);
        Assert.Contains("There is no key file", Refused(await ChildHost.Run([], s_production)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_a_folder_is_told_the_pid_of_the_first()
    {
        await using var first = ChildHost.Start(["serve", "--data", Data, "--wechat", "simulator", "--url", "http://127.0.0.1:0"]);
        using var http = await first.Ready();
        Assert.Contains($"(pid {first.Id})", Refused(await ChildHost.Run(["serve", "--data", Data, "--wechat", "simulator", "--url", "http://127.0.0.1:0"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_a_database_without_keys_a_broken_one_or_cant_be_written_is_refused()
    {
        string[] serve = ["serve", "--wechat", "simulator", "--url", "http://127.0.0.1:0", "--data"];
        Assert.Contains("can't be used", Refused(await ChildHost.Run([.. serve, "/proc/phoenix"])), StringComparison.Ordinal);

        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "phoenix.db"), "this is no database, whatever its name says; it only pretends to be one", Cancel);
        Assert.Contains("keys.json", Refused(await ChildHost.Run([.. serve, Data])), StringComparison.Ordinal);
        KeyFile.Create(Path.Combine(Data, "keys.json"), DateTimeOffset.UnixEpoch, new SystemRandomness());
        Assert.Contains("phoenix.db", Refused(await ChildHost.Run([.. serve, Data])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var run = await ChildHost.Run(["serve", "--data", Data, "--wechat", "simulator", "--url", url]);
        Assert.Contains(url, Refused(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_says_what_it_lacks()
    {
        Assert.Contains("PHOENIX_POSTGRES_OWNER", Refused(await ChildHost.Run(["migrate"])), StringComparison.Ordinal);
        var environment = new Dictionary<string, string>(s_production, StringComparer.Ordinal);
        Assert.Contains("PHOENIX_POSTGRES_OWNER", Refused(await ChildHost.Run(["migrate"], environment)), StringComparison.Ordinal);
        environment["PHOENIX_POSTGRES_OWNER"] = "nonsense";
        Assert.Contains("PHOENIX_POSTGRES_OWNER is not a connection string", Refused(await ChildHost.Run(["migrate"], environment)), StringComparison.Ordinal);
        environment["PHOENIX_POSTGRES_OWNER"] = "Host=127.0.0.1;Port=1;Username=serving";
        Assert.Contains("both 'serving'", Refused(await ChildHost.Run(["migrate"], environment)), StringComparison.Ordinal);
        environment["PHOENIX_POSTGRES_OWNER"] = "Host=127.0.0.1;Port=1;Username=owner";
        Assert.Contains("can't be reached", Refused(await ChildHost.Run(["migrate"], environment)), StringComparison.Ordinal);
    }

    /// <summary>Exit code 1, nothing but one line on standard error, and no stack trace on standard output.</summary>
    internal static string Refused((int Code, string[] Output, string[] Errors) run)
    {
        var words = string.Join('\n', run.Output.Concat(run.Errors));
        Assert.True(run.Code == PhoenixCli.Failed, words);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
        return OneLine(run.Errors);
    }

    private static string OneLine(string[] errors)
    {
        var line = Assert.Single(errors);
        Assert.StartsWith("phoenix: ", line, StringComparison.Ordinal);
        return line;
    }
}
