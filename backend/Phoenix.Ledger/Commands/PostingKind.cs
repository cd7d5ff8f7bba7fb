namespace Phoenix.Ledger.Commands;

/// <summary>What a posting does. The number is stored; the name in the journal is <see cref="PostingKinds.NameOf"/>.</summary>
public enum PostingKind : short
{
    /// <summary>Coins earned come into being: issuance → lot.</summary>
    Issue = 1,

    /// <summary>Coins given as praise: issuance or pool → lot.</summary>
    Grant = 2,

    /// <summary>A member gives to a pool, one way: lots → pool.</summary>
    Gift = 3,

    /// <summary>Coins go out of existence: pool → issuance.</summary>
    Retire = 4,

    /// <summary>A merchant's coins are settled: merchant → settled.</summary>
    Settle = 5,

    /// <summary>A movement between accounts that are no member's, merchant's or pool's: the fund's fen.</summary>
    Transfer = 6,

    /// <summary>A member's coins are set aside for a receiver: lots → held.</summary>
    Hold = 10,

    /// <summary>The receiver gets all or a part of a hold, the rest goes back in the same posting.</summary>
    Capture = 11,

    /// <summary>A hold goes back in full.</summary>
    Release = 12,

    /// <summary>A hold whose time is over goes back in full.</summary>
    ExpireHold = 13,

    /// <summary>An open hold gets more time, once. No legs.</summary>
    Extend = 14,

    /// <summary>Captured coins go back, as often as needed up to what was captured.</summary>
    Refund = 15,

    /// <summary>A posting is taken back, once, as far as the coins are still there.</summary>
    Reverse = 20,

    /// <summary>What is left in a lapsed lot expires: lot → expired.</summary>
    ExpireLot = 30,

    /// <summary>The committee gives a lot a later date: lot → lot of the same member.</summary>
    ExtendLot = 31,

    /// <summary>An account is opened with its own floor or ceiling. No legs.</summary>
    Open = 40,

    /// <summary>The community's freeze flags and grace days are set. No legs.</summary>
    Policy = 41,
}

/// <summary>Names of the posting kinds.</summary>
public static class PostingKinds
{
    private static readonly Dictionary<PostingKind, string> Names = new()
    {
        [PostingKind.Issue] = "issue",
        [PostingKind.Grant] = "grant",
        [PostingKind.Gift] = "gift",
        [PostingKind.Retire] = "retire",
        [PostingKind.Settle] = "settle",
        [PostingKind.Transfer] = "transfer",
        [PostingKind.Hold] = "hold",
        [PostingKind.Capture] = "capture",
        [PostingKind.Release] = "release",
        [PostingKind.ExpireHold] = "expire-hold",
        [PostingKind.Extend] = "extend",
        [PostingKind.Refund] = "refund",
        [PostingKind.Reverse] = "reverse",
        [PostingKind.ExpireLot] = "expire-lot",
        [PostingKind.ExtendLot] = "extend-lot",
        [PostingKind.Open] = "open",
        [PostingKind.Policy] = "policy",
    };

    private static readonly Dictionary<string, PostingKind> Kinds = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>The kind's name in the journal: lower case, stable for ever.</summary>
    public static string NameOf(PostingKind kind) => Names[kind];

    /// <summary>The kind with this journal name, or null.</summary>
    public static PostingKind? Parse(string name) => Kinds.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>Whether a <see cref="Move"/> may have this kind; the others have commands of their own.</summary>
    public static bool IsMove(PostingKind kind) => kind is >= PostingKind.Issue and <= PostingKind.Transfer;
}
