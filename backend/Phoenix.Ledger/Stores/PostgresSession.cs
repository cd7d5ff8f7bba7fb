using Npgsql;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>One transaction on PostgreSQL.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, bool own, Func<ValueTask> drop) : ILedgerSession
{
    private bool _began;
    private bool _ended;

    public async Task Read(ReadPlan plan, BatchState state, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        var takes = new List<Action<NpgsqlDataReader>?>();
        if (own)
            Add(batch, takes, "begin isolation level read committed", null);
        var found = new List<JournalPosting>();
        PostgresReads.Add(plan, state, found, (sql, take, parameters) => Add(batch, takes, sql, r => All(r, take), parameters));
        foreach (var (participant, read, statement) in ParticipantReads(state))
            Add(batch, takes, statement.Text, r => participant.Take(read, r), Parameters(statement));
        _began = true;
        await Execute(batch, takes, cancel);
        if (found.Count > 0)
            await ReadKnown(found, state, cancel);
    }

    public async Task Write(BatchState state, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (!state.Changes.IsEmpty)
            PostgresWrites.Add(batch, state.Changes);
        foreach (var participant in state.Participants)
            foreach (var statement in participant.Writes())
                batch.BatchCommands.Add(Command(statement.Text, Parameters(statement)));
        if (own)
            batch.BatchCommands.Add(Command("commit"));
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!own || !_began || _ended)
            return;
        // A transaction that did not end well takes its connection with it: nothing half-done can leak into the next batch.
        await drop();
    }

    internal static NpgsqlParameter P<T>(T[] values) => new NpgsqlParameter<T[]> { TypedValue = values };

    internal static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    internal static IEnumerable<(IParticipantBatch Participant, int Read, SqlStatement Statement)> ParticipantReads(BatchState state)
    {
        foreach (var participant in state.Participants)
        {
            var reads = participant.Reads();
            for (var i = 0; i < reads.Count; i++)
                yield return (participant, i, reads[i]);
        }
    }

    private async Task ReadKnown(List<JournalPosting> found, BatchState state, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        var takes = new List<Action<NpgsqlDataReader>?>();
        var byPlace = found.ToDictionary(p => (p.Community, p.Seq));
        var communities = P(found.Select(p => p.Community).ToArray());
        var seqs = P(found.Select(p => p.Seq).ToArray());
        Add(batch, takes, $"select {Rows.Legs} from unnest($1::int[], $2::bigint[]) k(c, s) join ledger_legs l on l.community = k.c and l.seq = k.s order by l.community, l.seq, l.n", r => All(r, row => byPlace[(row.GetInt32(0), row.GetInt64(1))].Legs.Add(Rows.Leg(row))), communities, seqs);
        Add(batch, takes, $"select {Rows.Accounts} from unnest($1::int[], $2::bigint[]) k(c, s) join ledger_legs l on l.community = k.c and l.seq = k.s join ledger_accounts a on a.community = l.community and a.id in (l.from_account, l.to_account)", r => All(r, row => Rows.Account(row, state)), communities.Clone(), seqs.Clone());
        await Execute(batch, takes, cancel);
    }

    private static NpgsqlParameter[] Parameters(SqlStatement statement) => Array.ConvertAll(statement.Parameters, v => new NpgsqlParameter { Value = v });

    private static void All(NpgsqlDataReader rows, Action<NpgsqlDataReader> take)
    {
        while (rows.Read())
            take(rows);
    }

    private static void Add(NpgsqlBatch batch, List<Action<NpgsqlDataReader>?> takes, string sql, Action<NpgsqlDataReader>? take, params NpgsqlParameter[] parameters)
    {
        batch.BatchCommands.Add(Command(sql, parameters));
        if (take is not null)
            takes.Add(take);
    }

    private static async Task Execute(NpgsqlBatch batch, List<Action<NpgsqlDataReader>?> takes, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var i = 0; i < takes.Count; i++)
        {
            if (i > 0)
                await reader.NextResultAsync(cancel);
            takes[i]!(reader);
        }

        while (await reader.NextResultAsync(cancel))
        {
        }
    }
}
