using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Notifications.Words;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Notifications.Inbox;

/// <summary>A person's messages, given out and erased with everything else about them.</summary>
internal sealed class PersonalMessages(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var say = new Say(calendar.Time);
        var messages = await db.Set<InboxMessage>().AsNoTracking().Where(m => m.PersonId == personId).OrderByDescending(m => m.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return messages.Count == 0 ? [] : [new PersonalSection("消息（最近 180 天）", ["时间", "标题", "内容"], messages.ConvertAll(m => (IReadOnlyList<string>)[say.At(m.CreatedAt), m.Title, m.Body]))];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        await db.Set<InboxMessage>().Where(m => m.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Set<TillMark>().Where(t => t.PersonId == personId).ExecuteDeleteAsync(cancel);
        var kinds = Templates.Catalogue.All.Select(e => e.OutboxKind).ToArray();
        await db.Set<OutboxMessage>().Where(m => m.CommunityId == community && m.PersonId == personId && kinds.Contains(m.Kind)).ExecuteDeleteAsync(cancel);
        if (departure != Departure.Account)
            return;
        await db.Set<MessageConsent>().Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Set<MessagePreference>().Where(p => p.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Set<SendTurn>().Where(t => t.PersonId == personId).ExecuteDeleteAsync(cancel);
    }
}
