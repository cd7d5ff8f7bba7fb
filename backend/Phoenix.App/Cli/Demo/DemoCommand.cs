using System.CommandLine;
using System.Globalization;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Setup;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli.Demo;

/// <summary>
/// <c>phoenix demo</c>: the whole main job on a fresh embedded host of its own, over HTTP with the simulator, on a seeded 凤凰里社区, with a clock that is walked on
/// to month end. Exit code 0: every step did what it should; 1: the step that didn't, and why.
/// </summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "Play the whole main job in half a minute: publish, sign up, check in, verify, coins, the till, month end, payout, proof. Leaves nothing behind.") { ServeCommand.At };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var folder = Directory.CreateTempSubdirectory("phoenix-demo-");
            try
            {
                return await Play(folder, parsed.GetValue(ServeCommand.At), output, parsed.InvocationConfiguration.Error, cancel);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> Play(DirectoryInfo folder, DateTimeOffset? at, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var settings = new HostSettings { DataFolder = Path.Combine(folder.FullName, "data"), WeChatSimulator = true, Seed = true, StartsAt = at, Url = "http://127.0.0.1:0" };
        await using var parts = await EmbeddedHost.Prepare(settings, cancel);
        await using var app = PhoenixHost.Build(parts, builder => builder.Logging.ClearProviders());
        await app.StartAsync(cancel);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var codes = await app.Services.GetRequiredService<SetupCodes>().MakeWhereNobodyIs(cancel);
        var story = new DemoStory(new DemoStage(app, (DemoTime)parts.Time, http, output), codes.Single().Code);
        foreach (var (title, play) in story.Steps)
        {
            await output.WriteLineAsync(title);
            try
            {
                await play();
            }
            catch (DemoFailedException e)
            {
                await errors.WriteLineAsync($"phoenix: the demo failed at “{title}”: {e.Message}");
                return PhoenixCli.Failed;
            }
        }

        await app.StopAsync(cancel);
        return PhoenixCli.Done;
    }
}

/// <summary>What the demo plays on: the host, its clock, and where it tells the story.</summary>
internal sealed class DemoStage(WebApplication app, DemoTime time, HttpClient http, TextWriter output)
{
    /// <summary>The host's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The host's clock.</summary>
    public Clock Clock { get; } = app.Services.GetRequiredService<Clock>();

    /// <summary>Today in the community.</summary>
    public DateOnly Today => CommunityTime.Shanghai.DayOf(Clock.Now);

    /// <summary>Somebody joins.</summary>
    public Task<DemoPhone> Join(string name) => DemoPhone.Join(http, app.Services.GetRequiredService<IIds>(), Clock, name);

    /// <summary>Tells a line of the story.</summary>
    public Task Tell(string line) => output.WriteLineAsync("   " + line);

    /// <summary>Walks the clock on to the instant, and lets what is due happen: the jobs are woken as the night would wake them.</summary>
    public async Task WalkTo(DateTimeOffset at)
    {
        if (!time.TryWalk(at - Clock.Now))
            throw new DemoFailedException(string.Create(CultureInfo.InvariantCulture, $"The clock can't be walked to {at:u}."));
        await Jobs();
    }

    /// <summary>Lets what is due happen now.</summary>
    public Task Jobs() => Hosting.Jobs.RunDue(app.Services, CancellationToken.None);
}
