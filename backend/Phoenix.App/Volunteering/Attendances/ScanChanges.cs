using Microsoft.EntityFrameworkCore;
using Npgsql;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// What a batch of scans changed, decided in memory by <see cref="Door"/>, on its way into the database: set-based on PostgreSQL, one round trip however many
/// there are; row by row through EF on SQLite, where a round trip costs nothing.
/// </summary>
internal sealed class ScanChanges
{
    private readonly Dictionary<Guid, Changed> _changed = [];
    private readonly List<AttendanceEvent> _events = [];

    /// <summary>The tickets used, with their answers.</summary>
    public List<RequestRecord> Requests { get; } = [];

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Requests.Count == 0;

    /// <summary>Notes a change.</summary>
    /// <param name="signup">As it is now.</param>
    /// <param name="was">Its state before this change.</param>
    /// <param name="attendance">As it is now.</param>
    /// <param name="isNew">Whether this change made it.</param>
    /// <param name="happened">What happened.</param>
    public void Add(Signup signup, SignupState was, Attendance attendance, bool isNew, AttendanceEvent happened)
    {
        // Changed twice in one batch: what counts is how it stood in the database, and how it stands now.
        if (!_changed.ContainsKey(signup.Id))
            _changed[signup.Id] = new Changed(signup, was, attendance, isNew, isNew ? 0 : attendance.Version - 1);
        _events.Add(happened);
    }

    /// <summary>Writes it all and commits.</summary>
    /// <exception cref="PostgresException">A conflict: somebody changed a row past the lock, and the batch is run again.</exception>
    public async Task Write(PhoenixDb db, CancellationToken cancel)
    {
        if (db.Kind == DatabaseKind.Sqlite)
        {
            db.AddRange(Requests);
            db.AddRange(_changed.Values.Where(c => c.IsNew).Select(c => c.Attendance));
            db.AddRange(_events);
            await db.SaveChangesAsync(cancel);
            await db.Database.CommitTransactionAsync(CancellationToken.None);
            return;
        }

        // One round trip with the commit. A connection that is given back inside a transaction is rolled back by the pool.
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        AddRequests(batch);
        if (_changed.Count > 0)
        {
            AddSignups(batch, [.. _changed.Values]);
            AddNew(batch, [.. _changed.Values.Where(c => c.IsNew).Select(c => c.Attendance)]);
            AddAgain(batch, [.. _changed.Values.Where(c => !c.IsNew)]);
            AddEvents(batch);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Changed(Signup Signup, SignupState Was, Attendance Attendance, bool IsNew, int Version);

    private void AddRequests(NpgsqlBatch batch) => batch.BatchCommands.Add(ScanReads.Command(
        "insert into requests (community_id, id, person_id, input_hash, response, created_at) select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::timestamptz[])",
        Of(Requests, r => r.CommunityId),
        Of(Requests, r => r.Id),
        Of(Requests, r => r.PersonId!.Value),
        Of(Requests, r => r.InputHash),
        Of(Requests, r => r.Response!),
        Of(Requests, r => r.CreatedAt)));

    private static void AddSignups(NpgsqlBatch batch, IReadOnlyList<Changed> rows) => batch.BatchCommands.Add(ScanReads.Command(
        "with u as (update signups s set state = v.state, changed_at = v.at, answer_by = null from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) v(c, i, was, state, at) where s.community_id = v.c and s.id = v.i and s.state = v.was returning 1) select phoenix_assert((select count(*) from u), cardinality($1))",
        Of(rows, r => r.Signup.CommunityId),
        Of(rows, r => r.Signup.Id),
        Of(rows, r => r.Was.ToString()),
        Of(rows, r => r.Signup.State.ToString()),
        Of(rows, r => r.Signup.ChangedAt)));

    private static void AddNew(NpgsqlBatch batch, IReadOnlyList<Attendance> rows)
    {
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(ScanReads.Command(
            "insert into attendances (community_id, id, shift_id, activity_id, signup_id, person_id, member_id, starts_at, ends_at, state, checked_in_at, checked_in_way, checked_in_by, away_seconds, grade, version) select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::timestamptz[], $12::text[], $13::uuid[], $14::int[], $15::text[], $16::int[])",
            Of(rows, a => a.CommunityId),
            Of(rows, a => a.Id),
            Of(rows, a => a.ShiftId),
            Of(rows, a => a.ActivityId),
            Of(rows, a => a.SignupId),
            Of(rows, a => a.PersonId),
            Of(rows, a => a.MemberId),
            Of(rows, a => a.StartsAt),
            Of(rows, a => a.EndsAt),
            Of(rows, a => a.State.ToString()),
            Of(rows, a => a.CheckedInAt),
            Of(rows, a => a.CheckedInWay.ToString()),
            Of(rows, a => a.CheckedInBy),
            Of(rows, a => a.AwaySeconds),
            Of(rows, a => a.Grade.ToString()),
            Of(rows, a => a.Version)));
    }

    private static void AddAgain(NpgsqlBatch batch, IReadOnlyList<Changed> rows)
    {
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(ScanReads.Command(
            "with u as (update attendances a set state = v.state, back_at = v.back, away_seconds = v.away, checked_out_at = v.out_at, checked_out_way = v.out_way, checked_out_by = v.out_by, minutes = v.minutes, grade = v.grade, version = v.version from unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::int[], $7::timestamptz[], $8::text[], $9::uuid[], $10::int[], $11::text[], $12::int[]) v(c, i, was, state, back, away, out_at, out_way, out_by, minutes, grade, version) where a.community_id = v.c and a.id = v.i and a.version = v.was returning 1) select phoenix_assert((select count(*) from u), cardinality($1))",
            Of(rows, r => r.Attendance.CommunityId),
            Of(rows, r => r.Attendance.Id),
            Of(rows, r => r.Version),
            Of(rows, r => r.Attendance.State.ToString()),
            Of(rows, r => r.Attendance.BackAt),
            Of(rows, r => r.Attendance.AwaySeconds),
            Of(rows, r => r.Attendance.CheckedOutAt),
            Of(rows, r => r.Attendance.CheckedOutWay?.ToString()),
            Of(rows, r => r.Attendance.CheckedOutBy),
            Of(rows, r => r.Attendance.Minutes),
            Of(rows, r => r.Attendance.Grade.ToString()),
            Of(rows, r => r.Attendance.Version)));
    }

    private void AddEvents(NpgsqlBatch batch) => batch.BatchCommands.Add(ScanReads.Command(
        "insert into attendance_events (community_id, id, shift_id, member_id, attendance_id, kind, way, at, heard_at, \"by\") select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::uuid[])",
        Of(_events, e => e.CommunityId),
        Of(_events, e => e.Id),
        Of(_events, e => e.ShiftId),
        Of(_events, e => e.MemberId!.Value),
        Of(_events, e => e.AttendanceId!.Value),
        Of(_events, e => e.Kind.ToString()),
        Of(_events, e => e.Way.ToString()),
        Of(_events, e => e.At),
        Of(_events, e => e.HeardAt),
        Of(_events, e => e.By)));

    private static NpgsqlParameter Of<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return ScanReads.Many(values);
    }
}
