using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Accounts;

/// <summary>
/// The ways units may go (product.md hard rule 4): coins never pass between members, a merchant cannot spend, a gift is one way.
/// The core refuses every other way, and the verifier finds it.
/// </summary>
public static class ClosedLoop
{
    /// <summary>Whether a posting of this kind may move units from an account of one kind to one of the other.</summary>
    public static bool Allows(PostingKind kind, AccountKind from, AccountKind to) => kind switch
    {
        PostingKind.Issue => (from, to) is (AccountKind.Issuance, AccountKind.Member),
        PostingKind.Grant => to == AccountKind.Member && (from is AccountKind.Issuance or AccountKind.Pool),
        PostingKind.Gift => (from, to) is (AccountKind.Member, AccountKind.Pool),
        PostingKind.Retire => (from, to) is (AccountKind.Pool, AccountKind.Issuance),
        PostingKind.Settle => (from, to) is (AccountKind.Merchant, AccountKind.Settled),
        PostingKind.Transfer => (from, to) is (AccountKind.Issuance, AccountKind.Pool) || (IsFund(from) && IsFund(to)),
        PostingKind.Hold => (from, to) is (AccountKind.Member, AccountKind.Held),
        PostingKind.Capture => from == AccountKind.Held && (to is AccountKind.Merchant or AccountKind.Member or AccountKind.Expired),
        PostingKind.Release or PostingKind.ExpireHold => from == AccountKind.Held && (to is AccountKind.Member or AccountKind.Expired),
        PostingKind.Refund => from == AccountKind.Merchant && (to is AccountKind.Member or AccountKind.Expired),
        PostingKind.Reverse => true,
        PostingKind.ExpireLot => (from, to) is (AccountKind.Member, AccountKind.Expired),
        PostingKind.ExtendLot => (from, to) is (AccountKind.Member, AccountKind.Member),
        _ => false,
    };

    /// <summary>Whether a posting of this kind may be reversed.</summary>
    public static bool Reversible(PostingKind kind) => PostingKinds.IsMove(kind);

    private static bool IsFund(AccountKind kind) => kind is AccountKind.External or AccountKind.Cash or AccountKind.Payable or AccountKind.Reserve;
}
