using System.Data.Common;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity;

/// <inheritdoc />
public sealed class Callers : ICallers
{
    /// <summary>How long a read may go on seeing a session that was ended or a role that was taken away.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>Most callers remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 10_000;

    // Subqueries, and no joins: each row is looked up by index, whatever the planner last heard of the tables' sizes. A deputy has what the principal still has.
    private const string Ask =
        """
        select k.session_id, k.person_id, k.community_id,
          (select count(*) from sessions s where s.id = k.session_id and s.ended_at is null),
          (select string_agg(g.role, ',') from role_grants g where g.community_id = k.community_id and g.person_id = k.person_id),
          (select string_agg(d.role, ',') from deputies d
            where d.community_id = k.community_id and d.deputy_id = k.person_id and d.ended_at is null and d."from" <= k.day and d."to" >= k.day
              and exists (select 1 from role_grants g where g.community_id = k.community_id and g.person_id = d.principal_id and g.role = d.role))
        from {k}
        """;

    private readonly Database _database;
    private readonly Clock _clock;
    private readonly Remembered<(TokenSubject Who, int Community), (Standing Standing, DateTimeOffset At)> _remembered = new(MaxRemembered);
    private readonly SharedReads<(TokenSubject Who, int Community), Standing> _reads;

    /// <param name="database">For a connection of its own.</param>
    /// <param name="clock">Says what day it is, for deputies, and how old a memory is.</param>
    public Callers(Database database, Clock clock)
    {
        (_database, _clock) = (database, clock);
        _reads = new SharedReads<(TokenSubject Who, int Community), Standing>(Read);
    }

    /// <inheritdoc />
    public async Task<Standing> Of(TokenSubject who, int communityId, bool fresh, CancellationToken cancel)
    {
        var now = _clock.Now;
        if (!fresh && _remembered.TryGet((who, communityId), out var known) && now - known.At < StaleAfter)
            return known.Standing;
        var standing = await _reads.Ask((who, communityId), cancel) ?? throw new InvalidOperationException("Every caller who was asked for has a row.");
        return _remembered.Keep((who, communityId), (standing, now)).Standing;
    }

    private async Task<IReadOnlyDictionary<(TokenSubject Who, int Community), Standing>> Read(IReadOnlyCollection<(TokenSubject Who, int Community)> asked)
    {
        var rows = new KeyedRows(_database.Kind, ("session_id", ColumnType.Uuid), ("person_id", ColumnType.Uuid), ("community_id", ColumnType.Integer), ("day", ColumnType.Date));
        var today = CommunityTime.Shanghai.DayOf(_clock.Now);
        foreach (var (who, community) in asked)
            rows.Add(who.SessionId, who.PersonId, community, today);
        var found = new Dictionary<(TokenSubject Who, int Community), Standing>(asked.Count);
        await _database.Read(
            rows.Statements(Ask),
            row => found[(new TokenSubject(row.GetGuid(1), row.GetGuid(0)), row.GetInt32(2))] = new Standing(
                row.GetInt64(3) > 0, new HashSet<Role>([.. Roles(row, 4), .. Roles(row, 5)])),
            CancellationToken.None);
        return found;
    }

    private static IEnumerable<Role> Roles(DbDataReader row, int at) => row.IsDBNull(at) ? [] : row.GetString(at).Split(',').Select(Enum.Parse<Role>);
}
