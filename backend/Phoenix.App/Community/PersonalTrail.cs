using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Audit;
using Phoenix.App.Community.Documents;
using Phoenix.App.Data;

namespace Phoenix.App.Community;

/// <summary>What somebody accepted and what the log says about them, for the person. Both are proof and stay: they name only ids.</summary>
internal sealed class PersonalTrail(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData, IAuditTrail
{
    public async Task<IReadOnlyList<AuditLine>> About(Guid personId, IReadOnlyCollection<string>? actions, Guid? before, int limit, CancellationToken cancel)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(e => e.PersonId == personId);
        if (actions is not null)
            entries = entries.Where(e => actions.Contains(e.Action));
        if (before is { } last)
            entries = entries.Where(e => e.Id.CompareTo(last) < 0);
        return await entries.OrderByDescending(e => e.Id).Take(limit).Select(e => new AuditLine(e.Id, e.At, e.ActorId, e.Action, e.Subject, e.Reason)).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var accepted = await db.Set<DocumentAcceptance>().AsNoTracking().Where(a => a.PersonId == personId)
            .Join(db.Set<RuleDocument>(), a => a.DocumentId, d => d.Id, (a, d) => new { a.AcceptedAt, d.Title, d.Version }).OrderBy(a => a.AcceptedAt).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var log = await About(personId, null, null, PersonalSection.MaxRows, cancel);
        return
        [
            new PersonalSection("同意过的文件", ["时间", "文件", "版本"], [.. accepted.Select(a => (IReadOnlyList<string>)[When(a.AcceptedAt), a.Title, a.Version.ToString(CultureInfo.InvariantCulture)])]),
            new PersonalSection(
                "与我有关的操作记录", ["时间", "操作", "对象", "谁", "原因"],
                [.. log.Select(e => (IReadOnlyList<string>)[When(e.At), e.Action, e.Subject, e.ActorId is null ? "系统" : e.ActorId == personId ? "本人" : "他人", e.Reason ?? ""])]),
        ];
    }

    public Task Erase(Guid personId, Departure departure, CancellationToken cancel) => Task.CompletedTask;

    private string When(DateTimeOffset at) => $"{calendar.Time.DayOf(at):yyyy-MM-dd} {calendar.Time.TimeOf(at):HH\\:mm}";
}
