using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Setup;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix serve</c>: runs the host until it is told to stop (Ctrl-C, SIGTERM), then answers what it has accepted.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> s_url = Url("Where to listen: http://HOST:PORT (PHOENIX_URL; default http://127.0.0.1:5080).");
    /// <summary>The data folder, for every command that opens the embedded host's.</summary>
    public static readonly Option<string?> Data = new("--data") { Description = "The embedded host's data folder (PHOENIX_DATA; default ./data).", HelpName = "FOLDER" };
    private static readonly Option<string?> s_weChat = WeChat();
    private static readonly Option<bool> s_seed = new("--seed") { Description = "Put 凤凰里社区 into an empty database of an embedded host or a rehearsal." };
    /// <summary>--ahead, for every command that starts a host with the simulator.</summary>
    public static readonly Option<long> Ahead = new("--ahead") { Description = "How far the clock of a host with the simulator is ahead of the machine's; below zero it is behind (fresh data only: it must not go back).", HelpName = "SECONDS" };

    public static Command Create()
    {
        var command = new Command("serve", "Run the host: embedded (SQLite and Garnet inside, the default), production (PHOENIX_HOST=production) or a rehearsal of it with the simulator (PHOENIX_HOST=rehearsal).") { s_url, Data, s_weChat, s_seed, Ahead };
        command.SetAction(async (parsed, cancel) =>
        {
            await Serve(Settings(parsed), cancel);
            return PhoenixCli.Done;
        });
        return command;
    }

    /// <summary>--url, for every command that listens.</summary>
    public static Option<string?> Url(string description)
    {
        var option = new Option<string?>("--url") { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !HostSettings.IsAddress(token.Value, out _))
                result.AddError($"The address '{token.Value}' is not of the form http://HOST:PORT.");
        });
        return option;
    }

    private static Option<string?> WeChat()
    {
        var option = new Option<string?>("--wechat") { Description = "Run with the simulator in WeChat's place, reachable from this machine only (PHOENIX_WECHAT).", HelpName = "simulator" };
        option.AcceptOnlyFromAmong("simulator");
        return option;
    }

    /// <summary>The environment's settings with the command line's options before them.</summary>
    public static HostSettings Settings(ParseResult parsed)
    {
        var settings = HostSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        return settings with
        {
            Url = parsed.GetValue(s_url) ?? settings.Url,
            DataFolder = parsed.GetValue(Data) ?? settings.DataFolder,
            WeChatSimulator = settings.WeChatSimulator || parsed.GetValue(s_weChat) is not null,
            Seed = parsed.GetValue(s_seed),
            Ahead = TimeSpan.FromSeconds(parsed.GetValue(Ahead)),
        };
    }

    /// <summary>The parts of the host that the settings name.</summary>
    public static async Task<HostParts> Prepare(HostSettings settings, CancellationToken cancel) => settings.Mode == HostMode.Embedded
        ? await EmbeddedHost.Prepare(settings, cancel)
        : ProductionHost.Prepare(settings);

    private static async Task Serve(HostSettings settings, CancellationToken cancel)
    {
        settings.EnsureServable();
        await using var parts = await Prepare(settings, cancel);
        await using var app = PhoenixHost.Build(parts);
        await app.Services.GetRequiredService<DatabaseState>().RefuseUnfit(cancel);
        if (settings is { Mode: HostMode.Rehearsal, Seed: true })
            await EmbeddedHost.Seed(parts, cancel);
        foreach (var (community, code) in await app.Services.GetRequiredService<SetupCodes>().MakeWhereNobodyIs(cancel))
            await Console.Error.WriteLineAsync(SetupCodeCommand.Line(community, code));
        await Run(app, settings.Url, () => Task.CompletedTask, cancel);
    }

    /// <summary>Starts a host, says so, and stops it when told to.</summary>
    /// <exception cref="StartRefusedException">The address is taken or can't be listened on.</exception>
    public static async Task Run(WebApplication app, string url, Func<Task> started, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
            await started();
            await app.WaitForShutdownAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartRefusedException($"Something else listens on {url} already; stop it or choose another address with --url.");
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new StartRefusedException($"Can't listen on {url}: {e.Message}");
        }
    }
}
