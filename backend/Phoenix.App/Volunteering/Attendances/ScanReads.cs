using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>What a batch of scans finds: answers to the same tickets before, and people's places with the attendance each led to.</summary>
/// <param name="Requests">By ticket.</param>
/// <param name="Signups">By shift and person; without who waits or was only offered a place.</param>
/// <param name="Attendances">By sign-up.</param>
internal sealed record ScanRows(Dictionary<Guid, RequestRecord> Requests, Dictionary<(Guid Shift, Guid Person), Signup> Signups, Dictionary<Guid, Attendance> Attendances);

/// <summary>Begins a batch's transaction and reads what <see cref="Door"/> decides by: one round trip on PostgreSQL, through EF on SQLite.</summary>
internal static class ScanReads
{
    // A plan made while a table was empty would read the whole of it for ever after; the right ones look rows up.
    private const string LookUpOnly = "select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    private const string Known =
        "select r.* from unnest($2) k(id) cross join lateral (select id, input_hash, response, created_at from requests x where x.community_id = $1 and x.id = k.id offset 0) r";

    // Each place by itself and by the very condition of the unique index: given lists, the planner took the slower index over everybody's times.
    private static readonly string s_places =
        $"""
        select s.*, a.* from unnest($2, $3) k(shift_id, person_id)
          cross join lateral (select {Signup.Columns} from signups x where x.community_id = $1 and x.shift_id = k.shift_id and x.person_id = k.person_id and x.state in ({SignupStates.Sql(SignupStates.Live)}) offset 0) s
          left join lateral (select {Attendance.Columns} from attendances x where x.community_id = $1 and x.signup_id = s.id offset 0) a on true
        """;

    private static readonly int s_signupColumns = Signup.Columns.Split(',').Length;

    /// <summary>
    /// Begins the transaction and locks the shifts, in one sorted order: from here on nobody else changes their sign-ups. The rest is read after the lock. Rows
    /// that SQLite's way writes back are tracked.
    /// </summary>
    public static async Task<ScanRows> Begin(PhoenixDb db, IReadOnlyCollection<ScanItem> items, CancellationToken cancel)
    {
        var rows = new ScanRows([], [], []);
        var (tickets, shifts) = (items.Select(i => i.Ticket.Id).Distinct().ToArray(), items.Select(i => i.Ticket.ShiftId).Distinct().Order().ToArray());
        if (db.Kind == DatabaseKind.PostgreSql)
            await BeginPostgres(db, rows, tickets, shifts, [.. items.Select(i => (i.Ticket.ShiftId, i.PersonId)).Distinct()], cancel);
        else
            await BeginSqlite(db, rows, tickets, shifts, [.. items.Select(i => i.PersonId).Distinct()], cancel);
        return rows;
    }

    internal static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    internal static NpgsqlParameter Many<T>(T[] values) => new NpgsqlParameter<T[]> { TypedValue = values };

    private static NpgsqlParameter One<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static async Task BeginPostgres(PhoenixDb db, ScanRows rows, Guid[] tickets, Guid[] shifts, (Guid Shift, Guid Person)[] places, CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        await db.Database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.BatchCommands.Add(Command("begin isolation level read committed"));
        batch.BatchCommands.Add(Command(LookUpOnly));
        batch.BatchCommands.Add(Command("select 1 from shifts where community_id = $1 and id = any($2) order by id for no key update", One(community), Many(shifts)));
        batch.BatchCommands.Add(Command(Known, One(community), Many(tickets)));
        batch.BatchCommands.Add(Command(s_places, One(community), Many(Array.ConvertAll(places, p => p.Shift)), Many(Array.ConvertAll(places, p => p.Person))));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Requests[reader.GetGuid(0)] = new RequestRecord { CommunityId = community, Id = reader.GetGuid(0), InputHash = (byte[])reader[1], Response = reader.GetString(2), CreatedAt = reader.GetFieldValue<DateTimeOffset>(3) };
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            Add(rows, Signup.Read(reader, 0), reader.IsDBNull(s_signupColumns) ? null : Attendance.Read(reader, s_signupColumns));
    }

    private static async Task BeginSqlite(PhoenixDb db, ScanRows rows, Guid[] tickets, Guid[] shifts, Guid[] persons, CancellationToken cancel)
    {
        await db.Database.BeginTransactionAsync(cancel);
        var community = db.Scope.CommunityId;
        foreach (var request in await db.Set<RequestRecord>().AsNoTracking().Where(r => r.CommunityId == community && tickets.Contains(r.Id)).ToListAsync(cancel))
            rows.Requests[request.Id] = request;
        var live = SignupStates.Live;
        var places = await db.Set<Signup>().Where(s => shifts.Contains(s.ShiftId) && persons.Contains(s.PersonId) && live.Contains(s.State))
            .GroupJoin(db.Set<Attendance>(), s => s.Id, a => a.SignupId, (s, a) => new { Signup = s, Attendances = a })
            .SelectMany(s => s.Attendances.DefaultIfEmpty(), (s, a) => new { s.Signup, Attendance = a }).ToListAsync(cancel);
        foreach (var place in places)
            Add(rows, place.Signup, place.Attendance);
    }

    private static void Add(ScanRows rows, Signup signup, Attendance? attendance)
    {
        if (!SignupStates.Holds(signup.State) || signup.State == SignupState.Offered)
            return;
        rows.Signups[(signup.ShiftId, signup.PersonId)] = signup;
        if (attendance is not null)
            rows.Attendances[signup.Id] = attendance;
    }
}
