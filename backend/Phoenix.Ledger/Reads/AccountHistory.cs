using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Reads;

/// <summary>One movement of an account.</summary>
/// <param name="Seq">The posting.</param>
/// <param name="Kind">What it did.</param>
/// <param name="At">When.</param>
/// <param name="Change">Units that came (above zero) or went.</param>
/// <param name="After">Balance after it.</param>
/// <param name="Subject">The hold or the reversed posting, or 0.</param>
/// <param name="Ref">What it belongs to.</param>
/// <param name="Rule">Which rule decided it.</param>
/// <param name="Text">The reason, null when there is none or it was erased.</param>
public sealed record AccountEntry(long Seq, PostingKind Kind, DateTimeOffset At, long Change, long After, long Subject, string Ref, string Rule, string? Text);

/// <summary>Why units are where they are: so many came by this posting.</summary>
/// <param name="Amount">In units.</param>
/// <param name="Seq">The posting that brought them.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="At">When.</param>
/// <param name="Ref">What it belongs to.</param>
/// <param name="Rule">The rule that decided it.</param>
/// <param name="Text">The reason, null when there is none or it was erased.</param>
/// <param name="ExpiresOn">The last day they can be spent, or null for an account without one.</param>
public sealed record UnitOrigin(long Amount, long Seq, PostingKind Kind, DateTimeOffset At, string Ref, string Rule, string? Text, DateOnly? ExpiresOn);

/// <summary>
/// Derives origins from an account's movements, oldest first: what came first goes first; what a hold took and gave back is what it was before;
/// a reversal takes the coins of the posting it reverses as far as they are there.
/// </summary>
internal sealed class OriginReplay
{
    private readonly LinkedList<(AccountEntry Origin, long Amount)> _there = [];
    private readonly Dictionary<long, LinkedList<(AccountEntry Origin, long Amount)>> _held = [];

    public void Apply(AccountEntry entry)
    {
        if (entry.Change > 0)
            Come(entry);
        else
            Go(entry);
    }

    public IReadOnlyList<UnitOrigin> Origins(AccountKey key) =>
        [.. _there.Select(s => new UnitOrigin(s.Amount, s.Origin.Seq, s.Origin.Kind, s.Origin.At, s.Origin.Ref, s.Origin.Rule, s.Origin.Text, key.ExpiresOn))];

    private void Come(AccountEntry entry)
    {
        var amount = entry.Change;
        // From the end: what was captured is taken from the beginning of what the hold held.
        while (amount > 0 && _held.TryGetValue(entry.Subject, out var held) && held.Last is { } last)
        {
            var part = Math.Min(amount, last.Value.Amount);
            held.RemoveLast();
            if (part < last.Value.Amount)
                held.AddLast(last.Value with { Amount = last.Value.Amount - part });
            _there.AddFirst(last.Value with { Amount = part });
            amount -= part;
        }

        if (amount > 0)
            _there.AddLast((entry, amount));
    }

    private void Go(AccountEntry entry)
    {
        var amount = -entry.Change;
        if (entry.Kind == PostingKind.Reverse)
            for (var node = _there.First; node is not null && amount > 0;)
            {
                var next = node.Next;
                if (node.Value.Origin.Seq == entry.Subject)
                    amount -= Take(node, amount);
                node = next;
            }

        while (amount > 0 && _there.First is { } first)
        {
            var origin = first.Value.Origin;
            var part = Take(first, amount);
            amount -= part;
            if (entry.Kind != PostingKind.Hold)
                continue;
            if (!_held.TryGetValue(entry.Seq, out var held))
                _held.Add(entry.Seq, held = []);
            held.AddLast((origin, part));
        }
    }

    private long Take(LinkedListNode<(AccountEntry Origin, long Amount)> node, long amount)
    {
        var part = Math.Min(amount, node.Value.Amount);
        if (part == node.Value.Amount)
            _there.Remove(node);
        else
            node.Value = node.Value with { Amount = node.Value.Amount - part };
        return part;
    }
}
