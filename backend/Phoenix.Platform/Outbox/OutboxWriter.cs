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
public sealed record OutboxDraft(int CommunityId, string Kind, string DedupeKey, string Payload, Guid? PersonId = null, DateTimeOffset? DueAt = null);

/// <summary>Writes rows into the outbox, in the caller's own unit of work.</summary>
public sealed class OutboxWriter(IIds ids, Clock clock)
{
    /// <summary>
    /// Adds the draft to <paramref name="context"/>, to be written by the caller's own SaveChanges and transaction. False if the community
    /// already has the dedupe key: nothing is added. Two writers at the same moment are decided by the unique key: the later SaveChanges
    /// fails as a <see cref="Data.DatabaseFault.Duplicate"/> and is run again.
    /// </summary>
    /// <exception cref="ArgumentException">A text is empty or longer than <see cref="OutboxLimits"/> allow: a bug of the caller.</exception>
    public async Task<bool> Add(DbContext context, OutboxDraft draft, CancellationToken cancel) => await AddAll(context, [draft], cancel) == 1;

    /// <summary><see cref="Add"/> for many drafts of one community at once.</summary>
    /// <returns>How many were added; the others' dedupe keys were known.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Add"/>, or drafts of several communities.</exception>
    public async Task<int> AddAll(DbContext context, IReadOnlyCollection<OutboxDraft> drafts, CancellationToken cancel)
    {
        foreach (var draft in drafts)
        {
            Check(draft.Kind, OutboxLimits.KindLength, nameof(draft.Kind));
            Check(draft.DedupeKey, OutboxLimits.DedupeKeyLength, nameof(draft.DedupeKey));
            Check(draft.Payload, OutboxLimits.PayloadLength, nameof(draft.Payload));
        }

        if (drafts.Count == 0)
            return 0;
        var community = drafts.First().CommunityId;
        if (drafts.Any(d => d.CommunityId != community))
            throw new ArgumentException("Drafts of several communities.", nameof(drafts));
        var (rows, keys, now) = (context.Set<OutboxMessage>(), drafts.Select(d => d.DedupeKey).ToArray(), clock.Now);
        var stored = await rows.IgnoreQueryFilters().Where(m => m.CommunityId == community && keys.Contains(m.DedupeKey)).Select(m => m.DedupeKey).ToListAsync(cancel);
        var known = stored.Concat(rows.Local.Where(m => m.CommunityId == community).Select(m => m.DedupeKey)).ToHashSet(StringComparer.Ordinal);
        var fresh = drafts.Where(d => known.Add(d.DedupeKey)).ToList();
        rows.AddRange(fresh.Select(d => new OutboxMessage
        {
            Id = ids.New(),
            CommunityId = d.CommunityId,
            Kind = d.Kind,
            DedupeKey = d.DedupeKey,
            Payload = d.Payload,
            PersonId = d.PersonId,
            CreatedAt = now,
            DueAt = d.DueAt ?? now,
        }));
        return fresh.Count;
    }

    private static void Check(string text, int limit, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        if (text.Length > limit)
            throw new ArgumentException($"{name} has {text.Length} characters; the limit is {limit}.", nameof(text));
    }
}
