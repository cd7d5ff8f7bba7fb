using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Consents;

/// <summary>The counts of <see cref="MessageConsent"/>. Every change is one statement guarded by the count, so that two at once can't spend one consent twice.</summary>
internal sealed class ConsentLedger(PhoenixDb db, Database database, Clock clock) : IMessageConsents
{
    /// <summary>Takes one after a message was sent, in the transaction that marks it sent. Nothing left is nothing taken: WeChat knew of one more than we.</summary>
    public static Task Take(DbContext db, Guid person, string template, CancellationToken cancel) =>
        Of(db, person, template).Where(c => c.Balance > 0).ExecuteUpdateAsync(u => u.SetProperty(c => c.Balance, c => c.Balance - 1), cancel);

    /// <summary>WeChat says that there is none, or that the person switched it off.</summary>
    public static Task<int> Clear(DbContext db, Guid person, string template, DateTimeOffset now, CancellationToken cancel) =>
        Of(db, person, template).ExecuteUpdateAsync(u => u.SetProperty(c => c.Balance, 0).SetProperty(c => c.RefusedAt, now).SetProperty(c => c.ChangedAt, now), cancel);

    /// <summary>How many messages may be sent.</summary>
    public Task<int> Balance(Guid person, string template, CancellationToken cancel) => Of(db, person, template).Select(c => c.Balance).FirstOrDefaultAsync(cancel);

    /// <summary>The person's counts under these templates.</summary>
    public Task<Dictionary<string, MessageConsent>> Balances(Guid person, IReadOnlyCollection<string> templates, CancellationToken cancel) => db.Set<MessageConsent>().AsNoTracking()
        .Where(c => c.PersonId == person && templates.Contains(c.TemplateId)).ToDictionaryAsync(c => c.TemplateId, StringComparer.Ordinal, cancel);

    /// <summary>Notes an answer to the prompt, in the caller's unit of work.</summary>
    public async Task Note(Guid person, string template, ConsentAnswer answer, CancellationToken cancel)
    {
        var now = clock.Now;
        var isYes = answer is ConsentAnswer.Accept or ConsentAnswer.AcceptWithAudio;
        var row = Of(db, person, template);
        var changed = isYes
            ? await row.ExecuteUpdateAsync(u => u
                .SetProperty(c => c.Balance, c => c.Balance < MessageConsent.MaxBalance ? c.Balance + 1 : c.Balance)
                .SetProperty(c => c.RefusedAt, (DateTimeOffset?)null).SetProperty(c => c.ChangedAt, now), cancel)
            : await row.ExecuteUpdateAsync(u => u.SetProperty(c => c.RefusedAt, now).SetProperty(c => c.ChangedAt, now), cancel);
        if (changed == 0)
            db.Add(new MessageConsent { PersonId = person, TemplateId = template, Balance = isYes ? 1 : 0, RefusedAt = isYes ? null : now, ChangedAt = now });
    }

    /// <inheritdoc />
    public async Task Refused(Guid personId, string templateId, CancellationToken cancel)
    {
        if (templateId.Length > MessageConsent.MaxTemplateIdLength || await Clear(db, personId, templateId, clock.Now, cancel) > 0)
            return;
        var now = clock.Now;
        db.Add(new MessageConsent { PersonId = personId, TemplateId = templateId, RefusedAt = now, ChangedAt = now });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
        {
            // The person's first answer came in between: it is zeroed like any other.
            db.ChangeTracker.Clear();
            await Clear(db, personId, templateId, now, cancel);
        }
    }

    private static IQueryable<MessageConsent> Of(DbContext db, Guid person, string template) =>
        db.Set<MessageConsent>().AsNoTracking().Where(c => c.PersonId == person && c.TemplateId == template);
}
