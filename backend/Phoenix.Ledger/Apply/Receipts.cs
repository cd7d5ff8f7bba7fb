using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Apply;

/// <summary>Builds answers from immutable rows only, so that a retry gets the same one for ever.</summary>
internal static class Receipts
{
    public static Posted Of(int community, Guid requestId, List<JournalPosting> postings, CommunityState accounts)
    {
        var receipts = new PostingReceipt[postings.Count];
        for (var i = 0; i < receipts.Length; i++)
            receipts[i] = Of(postings[i], accounts);
        return new Posted(community, requestId, receipts);
    }

    private static PostingReceipt Of(JournalPosting p, CommunityState accounts)
    {
        var legs = new LegReceipt[p.Legs.Count];
        for (var i = 0; i < legs.Length; i++)
        {
            var leg = p.Legs[i];
            legs[i] = new LegReceipt(accounts.ById[leg.From].Key, accounts.ById[leg.To].Key, leg.Amount, leg.FromAfter, leg.ToAfter);
        }

        return new PostingReceipt(
            p.Seq,
            p.Kind,
            DateTimeOffset.FromUnixTimeMilliseconds(p.AtMs),
            legs,
            p.Subject,
            p.UntilMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(p.UntilMs),
            p.Shortfall);
    }
}
