using Microsoft.EntityFrameworkCore;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Outbox;

/// <summary>What a module asks to have done later.</summary>
/// <param name="CommunityId">The community.</param>
/// <param name="Kind">The handler's kind.</param>
/// <param name="DedupeKey">Unique in the community: one event, one row.</param>
/// <param name="Payload">JSON.</param>
/// <param name="PersonId">The person it is about, if any.</param>
/// <param name="DueAt">Not before; null is at once.</param>
public sealed record OutboxDraft(Guid CommunityId, string Kind, string DedupeKey, string Payload, Guid? PersonId = null, DateTimeOffset? DueAt = null);

/// <summary>Writes rows into the outbox, in the caller's own unit of work.</summary>
public sealed class OutboxWriter(IIds ids, Clock clock)
{
    /// <summary>
    /// Adds the draft to <paramref name="context"/>, to be written by the caller's own SaveChanges and transaction. False if the community
    /// already has the dedupe key: nothing is added. Two writers at the same moment are decided by the unique key: the later SaveChanges
    /// fails as a <see cref="Data.DatabaseFault.Duplicate"/> and is run again.
    /// </summary>
    /// <exception cref="ArgumentException">A text is empty or longer than <see cref="OutboxLimits"/> allow: a bug of the caller.</exception>
    public async Task<bool> Add(DbContext context, OutboxDraft draft, CancellationToken cancel)
    {
        Check(draft.Kind, OutboxLimits.KindLength, nameof(draft.Kind));
        Check(draft.DedupeKey, OutboxLimits.DedupeKeyLength, nameof(draft.DedupeKey));
        Check(draft.Payload, OutboxLimits.PayloadLength, nameof(draft.Payload));
        var rows = context.Set<OutboxMessage>();
        if (rows.Local.Any(m => m.CommunityId == draft.CommunityId && string.Equals(m.DedupeKey, draft.DedupeKey, StringComparison.Ordinal))
            || await rows.IgnoreQueryFilters().AnyAsync(m => m.CommunityId == draft.CommunityId && m.DedupeKey == draft.DedupeKey, cancel))
            return false;

        var now = clock.Now;
        rows.Add(new OutboxMessage
        {
            Id = ids.New(),
            CommunityId = draft.CommunityId,
            Kind = draft.Kind,
            DedupeKey = draft.DedupeKey,
            Payload = draft.Payload,
            PersonId = draft.PersonId,
            CreatedAt = now,
            DueAt = draft.DueAt ?? now,
        });
        return true;
    }

    private static void Check(string text, int limit, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        if (text.Length > limit)
            throw new ArgumentException($"{name} has {text.Length} characters; the limit is {limit}.", nameof(text));
    }
}
