using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Phoenix.App.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The logs find a failure by its trace id and name nobody.</summary>
public sealed class LogTests
{
    private const string Name = "张三丰";
    private const string Phone = "13912345678";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nothing_that_a_resident_sends_is_logged(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        (await staff.Put("calendar/entries/2026-12-24", new { isWorking = false, note = $"{Name} {Phone}" })).Ok<CalendarDay>();
        await staff.Put("calendar/entries/2026-12-24", $"{{\"isWorking\":\"{Phone}\",\"note\":\"{Name}\"}}");
        await staff.Put("calendar/entries/2026-12-24", $"{{\"{Name}\":\"{Phone}\"}}");
        await staff.Put("calendar/entries/2026-12-24", $"{{{Name}{Phone}");
        await staff.Get($"calendar?from={Phone}&to={Name}");
        await staff.Get($"calendar/entries?cursor={Phone}{Name}");
        await staff.Delete($"calendar/entries/{Phone}");
        await staff.Get($"/{Phone}/{Name}");
        await staff.Get($"/api/v1/communities/{Phone}");
        await staff.With($"{Phone}.{Name.Length}.x").Get("calendar/entries");
        AssertNamesNobody(app, staff);
        Assert.Contains(app.Logs.Lines, l => l.Text.Contains("/calendar/entries/{date}", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_bug_is_logged_once_with_the_trace_id_that_the_client_got_and_without_its_words(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, customize: b => b.Services.Replace(ServiceDescriptor.Scoped<ICommunityCalendar>(_ => new Broken())));
        var staff = await app.Staff();
        var problem = (await staff.Get("calendar?from=2026-12-24&to=2026-12-24")).Refused(HttpStatusCode.InternalServerError, "system.bug");
        var line = Assert.Single(app.Logs.Lines, l => l.Level >= LogLevel.Error);
        Assert.Contains(problem.TraceId, line.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), line.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(FormatException), line.Text, StringComparison.Ordinal);
        Assert.Contains($"{nameof(Broken)}.{nameof(Broken.WorkingDays)}", line.Text, StringComparison.Ordinal);
        AssertNamesNobody(app, staff);
    }

    private static void AssertNamesNobody(PhoenixApp app, TestCaller staff)
    {
        string[] secrets = [Name, Phone, Uri.EscapeDataString(Name), staff.Token!, staff.PersonId.ToString(), staff.PersonId.ToString("N")];
        Assert.NotEmpty(app.Logs.Lines);
        foreach (var (_, _, text) in app.Logs.Lines)
            Assert.All(secrets, s => Assert.DoesNotContain(s, text, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Broken : ICommunityCalendar
    {
        public CommunityTime Time => CommunityTime.Shanghai;

        public Task<WorkingDays> WorkingDays(DateOnly from, DateOnly to, CancellationToken cancel) =>
            throw new InvalidOperationException($"{Name} {Phone}", new FormatException($"'{Phone}' is no date"));
    }
}
