using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>One person's scan on the way into a batch.</summary>
/// <param name="Ticket">What the code was exchanged for.</param>
/// <param name="PersonId">Who used it.</param>
/// <param name="Request">Under which id: the ticket's.</param>
internal sealed record ScanItem(Ticket Ticket, Guid PersonId, RequestId Request);

/// <summary>
/// Check-ins and check-outs of people who are on the list, many in one commit: a rush at the door costs one fsync for all who stand there. Whoever isn't on the
/// list gets null and goes the longer way (<see cref="CheckIn"/>), which takes the same lock. One row of <c>requests</c> a ticket makes a retry get the same
/// answer, on whichever node, with or without Redis.
/// </summary>
internal sealed class CheckInWriter : IAsyncDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Database _database;
    private readonly KeyRing _keys;
    private readonly IIds _ids;
    private readonly Clock _clock;
    private readonly BatchWriter<ScanItem, CheckIn.Response?> _writer;

    public CheckInWriter(IServiceScopeFactory scopes, Database database, KeyRing keys, IIds ids, Clock clock)
    {
        (_scopes, _database, _keys, _ids, _clock) = (scopes, database, keys, ids, clock);
        _writer = new BatchWriter<ScanItem, CheckIn.Response?>(new BatchOptions { Name = "check-in", Classify = database.Classify }, clock, Run);
    }

    /// <summary>The answer after its commit; null where the person isn't on the list. Cancelling ends only the waiting.</summary>
    public Task<Result<CheckIn.Response?>> Submit(ScanItem item, CancellationToken cancel) => _writer.Submit(item, cancel);

    /// <summary>Answers what was accepted and takes nothing new.</summary>
    public Task Stop(CancellationToken cancel) => _writer.Stop(cancel);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task<IReadOnlyList<Result<CheckIn.Response?>>> Run(IReadOnlyList<ScanItem> items, CancellationToken cancel)
    {
        var results = new Result<CheckIn.Response?>[items.Count];
        foreach (var group in Enumerable.Range(0, items.Count).GroupBy(i => items[i].Ticket.CommunityId))
        {
            try
            {
                await RunIn(group.Key, [.. group], items, results, cancel);
            }
            catch (Exception e) when (items.Count == 1 && _database.ConstraintOf(e)?.Contains("overlap", StringComparison.Ordinal) == true)
            {
                results[0] = new SignupOverlap("您");
            }
        }

        return results;
    }

    private async Task RunIn(int community, IReadOnlyList<int> mine, IReadOnlyList<ScanItem> items, Result<CheckIn.Response?>[] results, CancellationToken cancel)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        var rows = await ScanReads.Begin(db, [.. mine.Select(i => items[i])], cancel);
        var changes = new ScanChanges();
        var now = _clock.Now;
        foreach (var i in mine)
            results[i] = Decide(items[i], rows, changes, now);
        if (!changes.IsEmpty)
            await changes.Write(db, cancel);
    }

    private Result<CheckIn.Response?> Decide(ScanItem item, ScanRows rows, ScanChanges changes, DateTimeOffset now)
    {
        var ticket = item.Ticket;
        if (rows.Requests.TryGetValue(ticket.Id, out var before))
            return _keys.Replay<CheckIn.Response>(before, item.Request).Map(r => (CheckIn.Response?)r);
        if (now >= ticket.ScannedAt + Tickets.Lifetime)
            return new TicketOver();
        if (!rows.Signups.TryGetValue((ticket.ShiftId, item.PersonId), out var signup))
            return (CheckIn.Response?)null;
        var there = rows.Attendances.GetValueOrDefault(signup.Id);
        var state = signup.State;
        if (!Door.Scan(signup, there, new Check(ticket.ScannedAt, ticket.Way, item.PersonId), _ids.New(), now).TryGet(out var passed, out var error))
            return error;
        rows.Attendances[signup.Id] = passed.Attendance;
        if (passed.Event is { } happened)
            changes.Add(signup, state, passed.Attendance, there is null, new AttendanceEvent
            {
                CommunityId = signup.CommunityId,
                Id = _ids.New(),
                ShiftId = signup.ShiftId,
                MemberId = signup.MemberId,
                AttendanceId = passed.Attendance.Id,
                Kind = happened,
                Way = ticket.Way,
                At = ticket.ScannedAt,
                HeardAt = now,
                By = item.PersonId,
            });
        var answer = new CheckIn.Response(ticket.ShiftId, [CheckedPerson.Of(passed.Attendance)]);
        var record = _keys.Record(signup.CommunityId, item.Request, now);
        _keys.Answer(record, answer);
        changes.Requests.Add(record);
        // The same ticket again in the same batch.
        rows.Requests[ticket.Id] = record;
        return answer;
    }
}

/// <summary>Ends the writer after the web server: what was accepted is answered.</summary>
internal sealed class CheckInStop(CheckInWriter writer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => writer.Stop(cancellationToken);
}
