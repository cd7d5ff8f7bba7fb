using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Apply;

/// <summary>A request with what is computed from it once, before the queue.</summary>
internal sealed class BatchItem
{
    public required LedgerRequest Request { get; init; }
    public required byte[] InputHash { get; init; }

    /// <summary>Each attachment with the number of the participant that takes it.</summary>
    public IReadOnlyList<(int Participant, object Attachment)> Attachments { get; init; } = [];
}

/// <summary>What a transaction attempt has read and decided.</summary>
internal sealed class BatchState(IReadOnlyList<IParticipantBatch> participants)
{
    public Dictionary<int, CommunityState> Communities { get; } = [];
    public Changes Changes { get; } = new();
    public IReadOnlyList<IParticipantBatch> Participants { get; } = participants;
}

/// <summary>What a batch has to read, gathered from its requests: every list is distinct.</summary>
internal sealed class ReadPlan
{
    public SortedSet<int> Communities { get; } = [];
    public HashSet<(int Community, Guid Id)> Requests { get; } = [];
    public HashSet<(int Community, Guid Owner)> Owners { get; } = [];
    public HashSet<(int Community, long Hold)> Holds { get; } = [];
    public HashSet<(int Community, long Seq)> Targets { get; } = [];
    public HashSet<(int Community, string Key, int Period)> Counters { get; } = [];

    public static ReadPlan Of(IReadOnlyList<BatchItem> items)
    {
        var plan = new ReadPlan();
        foreach (var item in items)
            plan.Add(item.Request);
        return plan;
    }

    private void Add(LedgerRequest request)
    {
        var community = request.Community;
        Communities.Add(community);
        Requests.Add((community, request.RequestId));
        foreach (var counter in request.Counters)
            Counters.Add((community, counter.Key, counter.Period));
        foreach (var command in request.Commands)
            Add(community, command);
    }

    private void Add(int community, LedgerCommand command)
    {
        switch (command)
        {
            case Move c:
                foreach (var leg in c.Legs)
                {
                    Owners.Add((community, leg.From.Owner));
                    Owners.Add((community, leg.To.Owner));
                }

                break;
            case PlaceHold c:
                Owners.Add((community, Guid.Empty));
                Owners.Add((community, c.Member));
                Owners.Add((community, c.To.Owner));
                break;
            case HoldCommand c:
                Owners.Add((community, Guid.Empty));
                if (c.Hold > 0)
                    Holds.Add((community, c.Hold));
                break;
            case Reverse c:
                Owners.Add((community, Guid.Empty));
                Targets.Add((community, c.Target));
                break;
            case ExpireLot c:
                Owners.Add((community, Guid.Empty));
                Owners.Add((community, c.Lot.Owner));
                break;
            case ExtendLot c:
                Owners.Add((community, c.Lot.Owner));
                break;
            case OpenAccount c:
                Owners.Add((community, c.Key.Owner));
                break;
            default:
                break;
        }
    }
}
