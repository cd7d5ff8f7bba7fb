using Phoenix.App.Cli;
using Phoenix.App.Hosting;
using Phoenix.WeChat.Simulator;

namespace Phoenix.App.Tests.Cli;

/// <summary>A wrong call is one line and exit code 2; a host that can't be started says in one line what to mend.</summary>
public sealed class CommandLineTests
{
    private static readonly HostSettings s_production = new()
    {
        Mode = HostMode.Production,
        Postgres = "Host=db;Username=serve;Password=kR9v2x-long",
        Redis = "redis:6379",
        KeysFile = "keys.json",
        WeChatAppId = "wx1",
        WeChatSecret = "0f1e2d3c4b5a",
        PublicUrl = "https://phoenix.example",
    };

    [Theory]
    [InlineData("--bad")]
    [InlineData("serve --bad")]
    [InlineData("serve --wechat other")]
    [InlineData("nonsense")]
    [InlineData("verify")]
    [InlineData("keys turn FILE")]
    [InlineData("export one FILE")]
    public async Task A_wrong_call_is_one_line_and_exit_code_two(string line)
    {
        var (code, output, errors) = await Run(line.Split(' '));
        Assert.Equal((PhoenixCli.WronglyCalled, ""), (code, output));
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("phoenix: ", errors, StringComparison.Ordinal);
        Assert.EndsWith("Try: phoenix --help\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output, _) = await Run("--help");
        Assert.Equal(PhoenixCli.Done, code);
        foreach (var command in (string[])["serve", "migrate", "keys", "export", "verify", "bench", "openapi", "--url", "--data", "--wechat", "--seed"])
            Assert.Contains(command, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_journal_is_not_proved_and_a_missing_file_is_told()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("phoenix-cli-").FullName, "journal.jsonl");
        await File.WriteAllTextAsync(file, "not a journal\n");
        var (code, output, _) = await Run("verify", file);
        Assert.Equal(PhoenixCli.Failed, code);
        Assert.StartsWith("NOT PROVED: line 1", output, StringComparison.Ordinal);
        var (missing, _, errors) = await Run("verify", file + ".not");
        Assert.Equal(PhoenixCli.Failed, missing);
        Assert.Contains("can't be read", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_once_for_the_owner_only_and_a_rotation_waits_for_the_last()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("phoenix-cli-").FullName, "keys.json");
        Assert.Equal(PhoenixCli.Done, (await Run("keys", "create", file)).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(PhoenixCli.Failed, (await Run("keys", "create", file)).Code);
        Assert.Equal(PhoenixCli.Done, (await Run("keys", "rotate", file)).Code);
        Assert.Equal(PhoenixCli.Failed, (await Run("keys", "rotate", file)).Code);
    }

    [Fact]
    public void Production_is_refused_until_everything_it_needs_is_there_and_secret()
    {
        s_production.EnsureServable();
        Refused(s_production with { Postgres = null }, "PHOENIX_POSTGRES");
        Refused(s_production with { Redis = null }, "PHOENIX_REDIS");
        Refused(s_production with { KeysFile = null }, "PHOENIX_KEYS_FILE");
        Refused(s_production with { WeChatAppId = null, WeChatSecret = null }, "PHOENIX_WECHAT_APPID");
        Refused(s_production with { WeChatSecret = null }, "PHOENIX_WECHAT_SECRET");
        Refused(s_production with { WeChatSecret = "ChangeMe" }, "Well-known");
        Refused(s_production with { Postgres = "Host=db;Username=serve;Password=postgres" }, "Well-known");
        Refused(s_production with { Postgres = "nonsense" }, "not a connection string");
        Refused(s_production with { WeChatSimulator = true }, "never runs in production");
        Refused(s_production with { WeChatAppId = SimulatorAccount.WellKnown.AppId }, "the simulator's");
        Refused(s_production with { WeChatSecret = SimulatorAccount.WellKnown.Secret }, "Well-known");
        Refused(s_production with { Mode = HostMode.Embedded, WeChatSecret = SimulatorAccount.WellKnown.Secret }, "Well-known");
        Refused(s_production with { Url = "ftp://x" }, "http://HOST:PORT");
    }

    [Fact]
    public void The_embedded_host_names_its_simulator_and_keeps_it_on_this_machine()
    {
        new HostSettings { WeChatSimulator = true }.EnsureServable();
        Refused(new HostSettings(), "--wechat simulator");
        Refused(new HostSettings { WeChatSimulator = true, Url = "http://0.0.0.0:5080" }, "only this machine");
        Refused(new HostSettings { WeChatSimulator = true, Url = "http://10.0.0.5:5080" }, "only this machine");
        Assert.Throws<StartRefusedException>(() => HostSettings.FromEnvironment(name => name == "PHOENIX_HOST" ? "prod" : null));
        Assert.Throws<StartRefusedException>(() => HostSettings.FromEnvironment(name => name == "PHOENIX_WECHAT_EDITION" ? "formal" : null));
    }

    private static void Refused(HostSettings settings, string words) =>
        Assert.Contains(words, Assert.Throws<StartRefusedException>(settings.EnsureServable).Message, StringComparison.Ordinal);

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        var code = await PhoenixCli.Run(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
