using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Documents;

/// <inheritdoc />
internal sealed class DocumentConsents(PhoenixDb db, Clock clock) : IDocumentConsents
{
    public async Task<IReadOnlyList<DocumentHead>> Outstanding(Guid personId, CancellationToken cancel)
    {
        var accepted = await db.Set<DocumentAcceptance>().Where(a => a.PersonId == personId)
            .Join(db.Set<RuleDocument>(), a => a.DocumentId, d => d.Id, (_, d) => new { d.Kind, d.Version }).ToListAsync(cancel);
        var last = accepted.GroupBy(a => a.Kind).ToDictionary(g => g.Key, g => g.Max(a => a.Version));
        var demanded = await db.Set<RuleDocument>().Where(d => d.MustAccept).Select(d => new { d.Kind, d.Version }).ToListAsync(cancel);
        var kinds = demanded.Where(d => d.Version > last.GetValueOrDefault(d.Kind)).Select(d => d.Kind).ToHashSet();
        return [.. (await Current(cancel)).Where(d => kinds.Contains(d.Kind))];
    }

    public async Task<Error?> Missing(Guid personId, CancellationToken cancel) =>
        (await Outstanding(personId, cancel)).Count == 0 ? null : new DocumentsToAccept();

    public async Task<Error?> AcceptAllCurrent(Guid personId, IReadOnlyCollection<Guid> documents, CancellationToken cancel)
    {
        var current = await Current(cancel);
        if (current.All(d => d.Kind != DocumentKind.PrivacyNotice))
            return new PrivacyNoticeMissing();
        if (!current.Select(d => d.Id).ToHashSet().SetEquals(documents))
            return new DocumentsNotCurrent();
        await Add(personId, current.Select(d => d.Id), cancel);
        return null;
    }

    public async Task<DocumentHead?> PrivacyNotice(CancellationToken cancel) => (await Current(cancel)).FirstOrDefault(d => d.Kind == DocumentKind.PrivacyNotice);

    /// <summary>Notes that the person accepts these versions; one that was accepted before keeps its first time.</summary>
    public async Task Add(Guid personId, IEnumerable<Guid> documents, CancellationToken cancel)
    {
        var before = await db.Set<DocumentAcceptance>().Where(a => a.PersonId == personId).Select(a => a.DocumentId).ToListAsync(cancel);
        db.AddRange(documents.Distinct().Except(before).Select(id => new DocumentAcceptance
        {
            CommunityId = db.Scope.CommunityId,
            PersonId = personId,
            DocumentId = id,
            AcceptedAt = clock.Now,
        }));
    }

    /// <summary>The latest version of each document, in the order of the kinds.</summary>
    public async Task<IReadOnlyList<DocumentHead>> Current(CancellationToken cancel)
    {
        var all = db.Set<RuleDocument>().AsNoTracking();
        var current = await all.Where(d => d.Version == all.Where(o => o.Kind == d.Kind).Max(o => o.Version))
            .Select(d => new DocumentHead(d.Id, d.Kind, d.Version, d.Title, d.MustAccept, d.PublishedAt)).ToListAsync(cancel);
        return [.. current.OrderBy(d => d.Kind)];
    }
}
