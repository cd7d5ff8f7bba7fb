using System.Data.Common;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Schema;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger;

/// <summary>
/// The way into the ledger. <see cref="Post"/> goes through the queue and its group commit; <see cref="PostIn"/> takes part in a transaction of the
/// caller's. Both decide with the same core. One per process; several processes may share one PostgreSQL.
/// </summary>
public sealed class LedgerPoster : IAsyncDisposable
{
    private readonly Clock _clock;
    private readonly IReadOnlyList<ILedgerParticipant> _participants;
    private readonly Database _database;
    private readonly LedgerOptions _options;
    private readonly IRandomness _randomness;
    private readonly ISpendLock _spendLock;
    private readonly ILedgerStore _store;
    private readonly Core _core;
    private readonly BatchWriter<BatchItem, Posted> _writer;

    /// <param name="database">Where the journal is.</param>
    /// <param name="clock">Stamps postings; never earlier than the head's last stamp.</param>
    /// <param name="randomness">Salts the commitments to reasons.</param>
    /// <param name="options">Settings.</param>
    /// <param name="participants">Other modules' parts in the transaction.</param>
    /// <param name="spendLock">A lease around one member's spending.</param>
    public LedgerPoster(Database database, Clock clock, IRandomness randomness, LedgerOptions options, IEnumerable<ILedgerParticipant> participants, ISpendLock spendLock)
    {
        _spendLock = spendLock;
        _database = database;
        _clock = clock;
        _options = options;
        _randomness = randomness;
        _participants = participants.ToArray();
        _store = database switch
        {
            PostgresDatabase pg => new PostgresStore(pg, options),
            SqliteDatabase lite => new SqliteStore(lite),
            _ => throw new ArgumentException($"no ledger store for {database.GetType().Name}", nameof(database)),
        };
        _core = new Core(options, randomness);
        _writer = new BatchWriter<BatchItem, Posted>(
            new BatchOptions { Name = "ledger", Capacity = options.QueueCapacity, MaxBatch = LedgerLimits.MaxBatch, Classify = database.Classify },
            clock,
            Run);
    }

    /// <summary>The queue's state, for health.</summary>
    public BatchWriterState State => _writer.State;

    /// <summary>
    /// Applies a request and answers after its commit. Cancelling ends only the waiting. After <see cref="BatchUnavailable"/> the same request tells
    /// what became of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The caller has a transaction open.</exception>
    public async Task<Result<Posted>> Post(LedgerRequest request, CancellationToken cancel)
    {
        OpenTransactions.Refuse("the ledger's queue");
        if (Validation.Check(request, LedgerLimits.MaxLinked) is { } error)
            return error;
        if (!TryPrepare(request, new InputHash(), out var item))
            return new InvalidAttachment();
        if (Spender(request) is not { } member)
            return await _writer.Submit(item, cancel);
        await using var lease = await _spendLock.TryTake(request.Community, member, cancel);
        return await _writer.Submit(item, cancel);
    }

    /// <summary>
    /// Applies requests inside a transaction of the caller's, all or none; they count only once the caller commits. The heads are locked here, so this
    /// comes last in the transaction. After a refusal nothing was written; after an exception the transaction is to be rolled back.
    /// </summary>
    /// <param name="connection">The transaction's connection.</param>
    /// <param name="transaction">Read committed on PostgreSQL, immediate on SQLite.</param>
    /// <param name="requests">With at most <see cref="LedgerLimits.MaxBatch"/> postings in all.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Result<IReadOnlyList<Posted>>> PostIn(DbConnection connection, DbTransaction transaction, IReadOnlyList<LedgerRequest> requests, CancellationToken cancel)
    {
        if (requests.Sum(r => r.Commands.Count) > LedgerLimits.MaxBatch)
            return new TooManyPostings();
        var items = new List<BatchItem>(requests.Count);
        var hash = new InputHash();
        foreach (var request in requests)
        {
            if (Validation.Check(request, LedgerLimits.MaxBatch) is { } error)
                return error;
            if (!TryPrepare(request, hash, out var item))
                return new InvalidAttachment();
            items.Add(item);
        }

        if (items.Count == 0)
            return new NothingToPost();
        await using var session = _store.Join(connection, transaction);
        // The core keeps a buffer, so a flow outside of the writer loop has its own.
        var (state, results) = await Decide(session, items, new Core(_options, _randomness), cancel);
        foreach (var result in results)
            if (result.Error is { } refusal)
                return refusal;
        await session.Write(state, cancel);
        return Result(results);
    }

    /// <summary>Opens a community's journal; does nothing when it is open.</summary>
    public async Task OpenCommunity(int community, CancellationToken cancel)
    {
        await using var connection = await _database.Open(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = LedgerSchema.OpenCommunity(community);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Takes nothing new and answers everything accepted.</summary>
    public Task Stop(CancellationToken cancel) => _writer.Stop(cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static Guid? Spender(LedgerRequest request)
    {
        foreach (var command in request.Commands)
            switch (command)
            {
                case PlaceHold hold:
                    return hold.Member;
                case Move { Legs: [{ From.IsLots: true } leg, ..] }:
                    return leg.From.Owner;
                default:
                    break;
            }

        return null;
    }

    private static Result<IReadOnlyList<Posted>> Result(IReadOnlyList<Result<Posted>> results)
    {
        var posted = new Posted[results.Count];
        for (var i = 0; i < posted.Length; i++)
            posted[i] = results[i].Value;
        return posted;
    }

    private async Task<IReadOnlyList<Result<Posted>>> Run(IReadOnlyList<BatchItem> items, CancellationToken cancel)
    {
        await using var session = await _store.Begin(cancel);
        var (state, results) = await Decide(session, items, _core, cancel);
        await session.Write(state, cancel);
        return results;
    }

    private async Task<(BatchState State, Result<Posted>[] Results)> Decide(ILedgerSession session, IReadOnlyList<BatchItem> items, Core core, CancellationToken cancel)
    {
        var participants = new IParticipantBatch[_participants.Count];
        for (var i = 0; i < participants.Length; i++)
            participants[i] = _participants[i].Begin(_database.Kind);
        foreach (var item in items)
            foreach (var (participant, attachment) in item.Attachments)
                participants[participant].Plan(item.Request, attachment);
        var state = new BatchState(participants);
        await session.Read(ReadPlan.Of(items), state, cancel);
        // Stamped under the head locks: a batch that waited for them is not earlier than the one it waited for.
        var now = _clock.Now.ToUnixTimeMilliseconds();
        var results = new Result<Posted>[items.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = core.Decide(items[i], state, now);
        return (state, results);
    }

    private bool TryPrepare(LedgerRequest request, InputHash hash, out BatchItem item)
    {
        var attachments = new List<(int, object)>(request.Attachments.Count);
        foreach (var attachment in request.Attachments)
            for (var i = 0; i < _participants.Count; i++)
                if (_participants[i].Takes(attachment))
                {
                    attachments.Add((i, attachment));
                    break;
                }

        item = new BatchItem { Request = request, InputHash = hash.Of(request), Attachments = attachments };
        return attachments.Count == request.Attachments.Count;
    }
}
