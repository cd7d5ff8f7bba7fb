using System.Security.Cryptography;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>Decides requests in memory, one after another, on what was read under the head locks. Knows no database.</summary>
internal sealed class Core(LedgerOptions options, IRandomness randomness)
{
    private readonly CanonicalForm _form = new();

    /// <summary>Applies a request to the batch's state, or refuses it and leaves the state alone.</summary>
    public Result<Posted> Decide(BatchItem item, BatchState state, long nowMs)
    {
        var request = item.Request;
        if (!state.Communities.TryGetValue(request.Community, out var community))
            return new UnknownCommunity();
        if (community.Known.TryGetValue(request.RequestId, out var known))
            return Replay(item, known, community);

        var atMs = Math.Max(nowMs, community.AtMs);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        foreach (var (participant, attachment) in item.Attachments)
            if (state.Participants[participant].Check(request, attachment, at) is { } refusal)
                return refusal;

        var draft = new Draft(community, state.Changes, atMs, options.UtcOffsetMinutes);
        var error = Apply(item, draft);
        if (error is not null)
        {
            draft.Undo();
            return error;
        }

        community.Known.Add(request.RequestId, draft.Finished);
        var posted = Receipts.Of(request.Community, request.RequestId, draft.Finished, community);
        foreach (var (participant, attachment) in item.Attachments)
            state.Participants[participant].Accept(request, attachment, posted);
        return posted;
    }

    private Error? Apply(BatchItem item, Draft draft)
    {
        foreach (var counter in item.Request.Counters)
            if (draft.Use(counter) is { } error)
                return error;
        for (var i = 0; i < item.Request.Commands.Count; i++)
        {
            var command = item.Request.Commands[i];
            draft.Begin(NewPosting(item, i, command, draft));
            if (Commanding.Apply(command, draft) is { } error)
                return error;
            draft.Finish(_form);
            if (ClosedLoop.Reversible(draft.Posting.Kind))
                draft.Community.Targets[draft.Posting.Seq] = new TargetState { Kind = draft.Posting.Kind, Legs = draft.Posting.Legs };
        }

        return null;
    }

    private JournalPosting NewPosting(BatchItem item, int index, LedgerCommand command, Draft draft)
    {
        var request = item.Request;
        var posting = new JournalPosting
        {
            Community = request.Community,
            Seq = draft.Community.Seq + 1,
            Kind = Commanding.KindOf(command),
            AtMs = draft.AtMs,
            RequestId = request.RequestId,
            Part = index + 1,
            Parts = request.Commands.Count,
            InputHash = item.InputHash,
            Actor = request.Actor,
            Ref = command.Ref,
            Rule = command.Rule,
        };
        if (!string.IsNullOrEmpty(command.Reason))
        {
            var salt = new byte[16];
            randomness.Fill(salt);
            posting.Salt = salt;
            posting.Text = command.Reason;
            posting.TextCommit = CanonicalForm.Commit(salt, command.Reason);
        }

        return posting;
    }

    private static Result<Posted> Replay(BatchItem item, List<JournalPosting> known, CommunityState community)
    {
        var request = item.Request;
        if (known.Count != request.Commands.Count || !known[0].InputHash.AsSpan().SequenceEqual(item.InputHash))
            return new RequestReused();
        for (var i = 0; i < known.Count; i++)
            if (!SameReason(known[i], request.Commands[i].Reason))
                return new RequestReused();
        return Receipts.Of(request.Community, request.RequestId, known, community);
    }

    // An erased reason can't be compared any more; the rest of the input has matched.
    private static bool SameReason(JournalPosting posting, string? reason)
    {
        if (posting.TextCommit is null || string.IsNullOrEmpty(reason))
            return posting.TextCommit is null && string.IsNullOrEmpty(reason);
        return posting.Salt is null || CryptographicOperations.FixedTimeEquals(CanonicalForm.Commit(posting.Salt, reason), posting.TextCommit);
    }
}
