using System.Diagnostics;
using Npgsql;
using Phoenix.App.Community;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.Ledger.Bench;
using Phoenix.Platform.Ids;

namespace Phoenix.App.Cli;

/// <summary>The product on loopback, with a PostgreSQL (fsync on) and a Redis of its own, and a crowd of volunteers for each pass.</summary>
internal sealed class CheckInBenchHost : IAsyncDisposable
{
    /// <summary>How many check in to one shift.</summary>
    public const int Volunteers = 10_000;

    /// <summary>From how many connections.</summary>
    public const int Connections = 64;

    private const int TwicePer = 20;
    private readonly BenchServers _servers;
    private readonly WebApplication _app;
    private readonly Uri _address;
    private long _expected;

    private CheckInBenchHost(BenchServers servers, WebApplication app) => (_servers, _app, _address) = (servers, app, new Uri(app.Urls.First()));

    public static async Task<CheckInBenchHost> Start(CancellationToken cancel)
    {
        var servers = await BenchServers.TryStart(connections: null, cancel) ?? throw new InvalidOperationException("PostgreSQL or Redis isn't installed.");
        await PgBench.MakeTpcb(servers.Server);
        return new CheckInBenchHost(servers, await servers.StartHost(cancel));
    }

    /// <summary>One pass of tpcb-like.</summary>
    public Task<BenchPass> Tpcb(int seconds) => PgBench.Tpcb(_servers.Server, seconds);

    /// <summary>What autovacuum does within a minute.</summary>
    public Task Vacuum(CancellationToken cancel) => Execute(_servers.Server.ConnectionString, "vacuum analyze", cancel);

    /// <summary>A new crowd checks in to a new shift, as fast as it is answered.</summary>
    public async Task<BenchPass> CheckIn(int volunteers, bool stopRedis, CancellationToken cancel)
    {
        var crowd = await Gather(volunteers, cancel);
        await Execute(_servers.Server.ConnectionString, "checkpoint", cancel);
        var (next, sent) = (-1, new List<double>[Connections]);
        var started = Stopwatch.GetTimestamp();
        var breaking = stopRedis ? Task.CompletedTask : null;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            var own = new List<double>(volunteers / Connections * 2);
            sent[connection] = own;
            using var line = await BenchConnection.Open(_address, cancel);
            int i;
            while ((i = Interlocked.Increment(ref next)) < crowd.Length)
            {
                if (stopRedis && i == crowd.Length / 2)
                    breaking = _servers.Redis.Stop();
                var began = Stopwatch.GetTimestamp();
                await line.Send(crowd[i], cancel);
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }, cancel)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (breaking is not null)
        {
            await breaking;
            await _servers.Redis.StartAgain(cancel);
        }

        _expected += volunteers;
        return BenchPass.Of(sent.SelectMany(t => t), volunteers / elapsed.TotalSeconds);
    }

    /// <summary>Attendances beyond one for each volunteer, and volunteers without one: 0 is right.</summary>
    public async Task<long> DoubleEntries(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_servers.Server.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            select abs((select count(*) from attendances) - $1) + abs((select count(distinct person_id) from attendances) - $1)
              + abs((select count(*) from attendance_events where kind = 'In') - $1) + (select count(*) from attendances where state <> 'Open')
              + abs((select count(*) from signups where state = 'CheckedIn') - $1)
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _expected });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _servers.Parts.DisposeAsync();
        _servers.Folder.Delete(recursive: true);
    }

    // One in twenty holds two phones, with a ticket each; one in twenty sends the same twice. Both stand side by side, so that they are sent at once.
    private async Task<byte[][]> Gather(int volunteers, CancellationToken cancel)
    {
        var ids = _app.Services.GetRequiredService<IIds>();
        var shift = ids.New();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_servers.Server.ConnectionString) { CommandTimeout = 300 }.ConnectionString);
        await connection.OpenAsync(cancel);
        // The places are counted by hand: ten thousand updates of one row in one transaction take longer than the benchmark.
        await Execute(_servers.Server.ConnectionString, "alter table signups disable trigger user", cancel);
        await using (var command = new NpgsqlCommand(Crowd, connection))
        {
            command.Parameters.Add(new NpgsqlParameter("shift", shift));
            // As the product makes them: by time. Random ones would be strewn over every index.
            foreach (var name in (string[])["persons", "sessions", "members", "signups"])
                command.Parameters.Add(new NpgsqlParameter(name, Enumerable.Range(0, volunteers).Select(_ => ids.New()).ToArray()));
            await command.ExecuteNonQueryAsync(cancel);
        }

        await Execute(_servers.Server.ConnectionString, "alter table signups enable trigger user", cancel);
        var (tokens, tickets) = (_app.Services.GetRequiredService<AccessTokens>(), _app.Services.GetRequiredService<Tickets>());
        var crowd = new List<byte[]>(volunteers * 11 / 10);
        await using var sessions = new NpgsqlCommand("select s.person_id, s.id from sessions s join signups u on u.person_id = s.person_id where u.shift_id = $1", connection);
        sessions.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = shift });
        await using var reader = await sessions.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var token = tokens.Issue(reader.GetGuid(0), reader.GetGuid(1));
            var first = Post(token, tickets.Issue(Seeding.CommunityId, shift, CheckWay.Scan).Text);
            crowd.Add(first);
            if (crowd.Count % TwicePer == 0)
                crowd.Add(Post(token, tickets.Issue(Seeding.CommunityId, shift, CheckWay.Scan).Text));
            else if (crowd.Count % TwicePer == TwicePer / 2)
                crowd.Add(first);
        }

        return [.. crowd];
    }

    private byte[] Post(string token, string ticket) =>
        BenchConnection.Request(_address, "/api/v1/communities/1/check-in", $"{{\"ticket\":\"{ticket}\"}}", token, _app.Services.GetRequiredService<IIds>().New());

    private static async Task Execute(string server, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    // A published activity with one shift that began a minute ago, and everybody on its list, signed in.
    private const string Crowd = """
        with k as (select * from unnest(@persons, @sessions, @members, @signups) k(person, session, member, signup)),
          person as (insert into persons (id, created_at) select person, now() from k),
          session as (insert into sessions (id, person_id, number, nonce, created_at, used_at) select session, person, 1, gen_random_uuid(), now(), now() from k),
          role as (insert into role_grants (community_id, person_id, role, granted_at) select 1, person, 'Member', now() from k),
          members as (insert into members (community_id, person_id, id, display_name, joined_at) select 1, person, member, '志愿者', now() from k),
          activity as (insert into activities (community_id, id, state, kind, category, title, description, organiser_kind, is_hours_only, promised_coins, issued_coins, needs_approval, is_text_held, created_by, created_at, published_at, hosted_by, contact_phone, risks, insurance, version)
            select 1, gen_random_uuid(), 'Published', 'Gathering', 'Other', '万人清洁日', '一起打扫。', 'Community', true, 0, 0, false, false, gen_random_uuid(), now(), now(), '居委会', '028', '注意安全', '已投保', 1 returning id),
          shift as (insert into shifts (community_id, id, activity_id, state, starts_at, ends_at, capacity, taken, address, is_guardian_needed, version)
            select 1, @shift, id, 'Open', now() - interval '1 minute', now() + interval '3 hours', 10000, cardinality(@persons), '广场', false, 1 from activity returning id, activity_id, starts_at, ends_at)
        insert into signups (community_id, id, shift_id, activity_id, person_id, member_id, signed_by, source, group_id, starts_at, ends_at, state, is_hours_only, created_at, changed_at)
          select 1, k.signup, s.id, s.activity_id, k.person, k.member, k.person, 'Self', gen_random_uuid(), s.starts_at, s.ends_at, 'Confirmed', false, now(), now() from k cross join shift s
        """;
}
