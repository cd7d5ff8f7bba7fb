using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The product as its own process, as an operator runs it.</summary>
internal sealed partial class ChildHost : IAsyncDisposable
{
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ChildHost(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data, Output);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, Errors);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Output { get; } = new();

    public ConcurrentQueue<string> Errors { get; } = new();

    public int Id => _process.Id;

    /// <summary>Starts <c>phoenix</c> with these arguments and no PHOENIX_ variables but these.</summary>
    public static ChildHost Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "phoenix.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PHOENIX_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return new ChildHost(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string[] Output, string[] Errors)> Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var child = Start(arguments, environment);
        var code = await child.Exit();
        return (code, [.. child.Output], [.. child.Errors]);
    }

    /// <summary>Where it listens, once it says so; a child that ends instead is a failure that shows its words.</summary>
    public async Task<Uri> Listening()
    {
        var exit = Exit();
        return await Task.WhenAny(_listening.Task, exit) == exit && !_listening.Task.IsCompleted
            ? throw new InvalidOperationException($"phoenix ended with {await exit}: {string.Join('\n', Output.Concat(Errors))}")
            : await _listening.Task;
    }

    /// <summary>A client of it, once it is ready in this sense.</summary>
    public async Task<HttpClient> Ready(Func<Health.Report, bool>? isSo = null)
    {
        var http = new HttpClient { BaseAddress = await Listening() };
        await Gates.Until(async () => await ReadyReport(http) is { } report && (isSo?.Invoke(report) ?? report.Status != "notReady"));
        return http;
    }

    public static async Task<Health.Report?> ReadyReport(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri(Health.ReadyPath, UriKind.Relative), Cancel);
        return JsonSerializer.Deserialize<Health.Report>(await answer.Content.ReadAsByteArrayAsync(Cancel), PhoenixJson.Options);
    }

    /// <summary>A member of staff of 凤凰里社区, written into the child's database and signed with its keys.</summary>
    public static async Task<TestCaller> Staff(HttpClient http, Database database, string keysFile)
    {
        var clock = new Clock(TimeProvider.System);
        var ids = new UuidV7Ids(clock);
        var (person, session) = (ids.New(), ids.New());
        await using var db = DataServices.NewContext(database);
        db.Scope.Enter(Seeding.CommunityId);
        db.Add(new Person { Id = person, CreatedAt = clock.Now });
        db.Add(new Session { Id = session, PersonId = person, Number = 1, CreatedAt = clock.Now, UsedAt = clock.Now });
        db.Add(new RoleGrant { CommunityId = Seeding.CommunityId, PersonId = person, Role = Role.Staff, GrantedAt = clock.Now });
        await db.SaveChangesAsync(Cancel);
        var tokens = new AccessTokens(new KeyRing(keysFile, clock, new SystemRandomness()), clock);
        return new TestCaller(http, ids, tokens.Issue(person, session), Seeding.CommunityId) { PersonId = person, SessionId = session };
    }

    /// <summary>Asks it to stop, as systemd does.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(Cancel);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public Task Kill()
    {
        _process.Kill();
        return Exit();
    }

    public async Task<int> Exit()
    {
        await _process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Hear(string? line, ConcurrentQueue<string> lines)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (ListeningPattern().Match(line) is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups["address"].Value));
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListeningPattern();
}
