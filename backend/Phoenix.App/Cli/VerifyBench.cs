using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;
using Activity = Phoenix.App.Volunteering.Activities.Activity;
using ActivityKind = Phoenix.App.Volunteering.Activities.ActivityKind;

namespace Phoenix.App.Cli;

/// <summary>
/// How long 全部确认 of a shift with 1,000 people takes over HTTP, on both databases: records, coins, sign-ups and messages in one transaction. The first pass pays for
/// what is compiled on first use.
/// </summary>
internal static class VerifyBench
{
    private const int People = 1_000;
    private const int Passes = 4;
    private const int RuleVersion = 1_000;

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task Run(string? jsonFile, TextWriter output, CancellationToken cancel)
    {
        var figures = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        await using (var lite = await BenchHost.OnSqlite(cancel))
            figures["verifySecondsSqlite"] = await Measure(lite, cancel);
        await using (var pg = await BenchHost.OnPostgres(cancel))
            if (pg is not null)
                figures["verifySecondsPostgres"] = await Measure(pg, cancel);
        foreach (var (name, seconds) in figures)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-24} first {seconds[0]:f2}, then {string.Join(' ', seconds[1..].Select(s => s.ToString("f2", CultureInfo.InvariantCulture)))}"));
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web) + "\n", cancel);
    }

    private static async Task<double[]> Measure(BenchHost host, CancellationToken cancel)
    {
        var seconds = new double[Passes];
        using var http = new HttpClient { BaseAddress = host.Address };
        for (var pass = 0; pass < Passes; pass++)
        {
            var (shift, token, requestId) = await Prepare(host, pass, cancel);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/communities/{Seeding.CommunityId}/shifts/{shift}/verification") { Content = JsonContent.Create(new VerifyShift.Request()) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add(RequestId.Header, requestId.ToString());
            var sent = Stopwatch.GetTimestamp();
            using var response = await http.SendAsync(request, cancel);
            seconds[pass] = Stopwatch.GetElapsedTime(sent).TotalSeconds;
            var text = await response.Content.ReadAsStringAsync(cancel);
            if (!response.IsSuccessStatusCode || JsonSerializer.Deserialize<VerifyShift.Response>(text, PhoenixJson.Options) is not { Recorded: People, Coins: People * 20, Left: 0 })
                throw new InvalidOperationException($"Verifying answered {(int)response.StatusCode}: {text}");
        }

        return seconds;
    }

    /// <summary>A shift of two hours yesterday to which 1,000 members came, each counted, and somebody of staff with a token.</summary>
    private static async Task<(Guid Shift, string Token, Guid RequestId)> Prepare(BenchHost host, int pass, CancellationToken cancel)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var (db, ids, now) = (scope.ServiceProvider.GetRequiredService<PhoenixDb>(), scope.ServiceProvider.GetRequiredService<IIds>(), scope.ServiceProvider.GetRequiredService<Clock>().Now);
        if (pass == 0)
        {
            await Seeding.Run(db, scope.ServiceProvider.GetRequiredService<Clock>(), cancel);
            db.Add(new CoinRule { CommunityId = Seeding.CommunityId, Version = RuleVersion, CoinsPerHour = 10, EffectiveFrom = DateOnly.MaxValue });
        }

        var (staff, session) = (ids.New(), ids.New());
        db.Add(new Person { Id = staff, CreatedAt = now });
        db.Add(new Session { Id = session, PersonId = staff, Number = 1, Nonce = ids.New(), CreatedAt = now, UsedAt = now });
        db.Add(new RoleGrant { CommunityId = Seeding.CommunityId, PersonId = staff, Role = Role.Staff, GrantedAt = now });
        var (activity, shift) = Served(ids, staff, now.AddHours(-24));
        db.AddRange(activity, shift);
        db.Add(new ShiftCount { CommunityId = Seeding.CommunityId, ShiftId = shift.Id, People = People, Listed = People, CountedBy = staff, CountedAt = now });
        for (var i = 0; i < People; i++)
        {
            var (person, member) = (ids.New(), ids.New());
            db.Add(new Person { Id = person, CreatedAt = now });
            db.Add(new Member { CommunityId = Seeding.CommunityId, PersonId = person, Id = member, DisplayName = $"居民{i}", JoinedAt = now });
            var signup = Signup.New(ids.New(), ids.New(), shift, (person, member), (person, SignupSource.Self), SignupState.Confirmed, false, now);
            signup.Become(SignupState.CheckedIn, shift.StartsAt);
            signup.Become(SignupState.CheckedOut, shift.EndsAt);
            var attendance = Attendance.CheckIn(ids.New(), signup, new Check(shift.StartsAt, CheckWay.Scan, person));
            attendance.CheckOut(new Check(shift.EndsAt, CheckWay.Scan, person));
            db.AddRange(signup, attendance);
        }

        await db.SaveChangesAsync(cancel);
        return (shift.Id, scope.ServiceProvider.GetRequiredService<AccessTokens>().Issue(staff, session), ids.New());
    }

    private static (Activity Activity, Shift Shift) Served(IIds ids, Guid staff, DateTimeOffset start)
    {
        var activity = new Activity
        {
            CommunityId = Seeding.CommunityId,
            Id = ids.New(),
            State = ActivityState.Published,
            Kind = ActivityKind.Gathering,
            Category = ImpactCategory.Neighbourliness,
            Title = "千人清洁日",
            Description = "清扫小区道路和绿化带。",
            HostedBy = "凤凰里社区居委会",
            ContactName = "小李",
            ContactPhone = "028-85670000",
            Risks = "注意来往车辆。",
            Insurance = "社区统一投保。",
            BudgetCoins = People * 20,
            PromisedCoins = People * 20,
            CreatedBy = staff,
            CreatedAt = start,
            PublishedAt = start,
            Version = 1,
        };
        var shift = new Shift
        {
            CommunityId = Seeding.CommunityId,
            Id = ids.New(),
            ActivityId = activity.Id,
            StartsAt = start,
            EndsAt = start.AddHours(2),
            Capacity = People,
            Address = "社区广场",
            LeaderId = staff,
            CoinRuleVersion = RuleVersion,
            Version = 1,
        };
        return (activity, shift);
    }
}
