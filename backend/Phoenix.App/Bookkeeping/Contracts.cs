using Phoenix.Ledger.Commands;

namespace Phoenix.App.Bookkeeping;

/// <summary>What is paused in the community in scope, for those who have to say so.</summary>
public interface ICoinPauses
{
    /// <summary>Why nothing can be exchanged at present; null when it can.</summary>
    Task<string?> RedeemPaused(CancellationToken cancel);
}

/// <summary>What the module that placed a hold adds to the request that ends it.</summary>
/// <param name="Counters">Stock and limits given back.</param>
/// <param name="Attachments">What its part of the ledger's transaction takes.</param>
public sealed record HoldParts(IReadOnlyList<CounterUse> Counters, IReadOnlyList<object> Attachments);

/// <summary>The module that places holds: its own rows end with them, in one transaction.</summary>
public interface IHoldOwner
{
    /// <summary>The parts of those holds of the community in scope that are the module's, at their expiry.</summary>
    Task<IReadOnlyDictionary<long, HoldParts>> AtExpiry(IReadOnlyCollection<long> holds, CancellationToken cancel);
}

/// <summary>A module's own rows beside the ledger, for the nightly check.</summary>
public interface IBookAudit
{
    /// <summary>What doesn't agree with the ledger in the community in scope, as a stable word and ids; null where everything does.</summary>
    Task<string?> Fault(CancellationToken cancel);
}

/// <summary>The request that ends a hold whose time is over: the same one whoever finds it first, the sweep or somebody at the till.</summary>
public static class HoldExpiry
{
    /// <summary>The sweep's name, which is the request's route.</summary>
    public const string Name = "holds.expire";

    /// <summary>The request, with a request id made of the hold's number.</summary>
    public static LedgerRequest Request(int community, long hold, HoldParts? parts) =>
        new(community, RequestIds.Of(community, $"expire:{hold}"), Guid.Empty, Name, new ExpireHold(hold) { Rule = "hold-time/1" })
        {
            Counters = parts?.Counters ?? [],
            Attachments = parts?.Attachments ?? [],
        };
}
