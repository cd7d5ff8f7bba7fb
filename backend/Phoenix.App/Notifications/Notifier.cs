using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Notifications.Templates;
using Phoenix.App.Notifications.Words;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications;

/// <inheritdoc />
internal sealed class Notifier(PhoenixDb db, OutboxWriter outbox, ICommunityCalendar calendar, IRoleHolders holders, IPeople people, IIds ids, Clock clock) : INotifications
{
    public Task Tell(Notice notice, CancellationToken cancel) => TellAll([notice], cancel);

    public async Task TellAll(IReadOnlyCollection<Notice> notices, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notices.Count, NoticeLimits.Batch, nameof(notices));
        foreach (var notice in notices)
            Check(notice);
        var addressed = await WithFamily(notices, cancel);
        var told = await Told(addressed, cancel);
        var drafts = addressed.Where(one => told.Add((one.PersonId, one.DedupeKey))).Select(Write).OfType<OutboxDraft>().ToList();
        await outbox.AddAll(db, drafts, cancel);
    }

    public async Task TellHolders(IReadOnlyCollection<Role> roles, IReadOnlyCollection<Guid> except, string dedupeKey, NoticeFacts facts, string page, CancellationToken cancel)
    {
        var told = (await holders.Of(roles, cancel)).Keys.Except(except).Order();
        foreach (var some in told.Chunk(NoticeLimits.Batch))
            await TellAll([.. some.Select(person => new Notice(person, dedupeKey, facts, page))], cancel);
    }

    private static void Check(Notice notice)
    {
        if (notice.DedupeKey.Length is 0 or > NoticeLimits.DedupeKeyLength)
            throw new ArgumentException($"The dedupe key '{notice.DedupeKey}' is empty or longer than {NoticeLimits.DedupeKeyLength}.", nameof(notice));
        if (notice.Page.Length is 0 or > NoticeLimits.PageLength || notice.Page[0] == '/')
            throw new ArgumentException($"The page '{notice.Page}' isn't a page of the mini program without a leading slash.", nameof(notice));
    }

    /// <summary>The notices with what others are told in addition: the person's guardians, and 家人 with the right to it.</summary>
    private async Task<List<Addressed>> WithFamily(IReadOnlyCollection<Notice> notices, CancellationToken cancel)
    {
        var all = notices.Select(n => new Addressed(n, n.PersonId, n.DedupeKey, null)).ToList();
        var shared = notices.Where(n => Catalogue.Of(n.Facts.Kind).IsForFamily).ToLookup(n => n.PersonId);
        var members = await people.OfPersons([.. shared.Select(g => g.Key)], cancel);
        foreach (var (person, readers) in await people.NoticesGoTo([.. members.Keys], cancel))
            foreach (var reader in readers.Where(reader => reader != person))
                all.AddRange(shared[person].Select(n => new Addressed(n, reader, $"{n.DedupeKey}@{person:N}", members[person])));
        return all;
    }

    private async Task<HashSet<(Guid, string)>> Told(List<Addressed> notices, CancellationToken cancel)
    {
        var readers = notices.Select(n => n.PersonId).Distinct().ToArray();
        var keys = notices.Select(n => n.DedupeKey).Distinct(StringComparer.Ordinal).ToArray();
        var stored = await db.Set<InboxMessage>().AsNoTracking().Where(m => readers.Contains(m.PersonId) && keys.Contains(m.DedupeKey))
            .Select(m => new { m.PersonId, m.DedupeKey }).ToListAsync(cancel);
        return [.. stored.Select(m => (m.PersonId, m.DedupeKey)), .. db.Set<InboxMessage>().Local.Select(m => (m.PersonId, m.DedupeKey))];
    }

    /// <summary>Adds the message to the inbox.</summary>
    /// <returns>What is to be sent through WeChat; null for the inbox only.</returns>
    private OutboxDraft? Write(Addressed addressed)
    {
        var facts = addressed.Notice.Facts;
        var entry = Catalogue.Of(facts.Kind);
        var letter = Letter.Of(facts, calendar.Time);
        var message = new InboxMessage
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            PersonId = addressed.PersonId,
            Kind = facts.Kind,
            DedupeKey = addressed.DedupeKey,
            Title = Say.Cut(addressed.Named(letter.Title), InboxMessage.MaxTitleLength),
            Body = Say.Cut(letter.Body, InboxMessage.MaxBodyLength),
            Page = addressed.Page,
            CreatedAt = clock.Now,
            Delivery = entry.Template is null ? DeliveryState.InboxOnly : DeliveryState.Waiting,
        };
        db.Add(message);
        if (entry.Template is null)
            return null;
        var values = entry.Keywords.ToDictionary(k => k.Label, k => k.Of(facts), StringComparer.Ordinal);
        if (entry.Keywords.FirstOrDefault(k => k.Type == FieldType.Text) is { } first)
            values[first.Label] = FieldValue.Text(addressed.Named(values[first.Label].Value));
        var payload = new MessagePayload(message.Id, message.Page, values, facts.UsefulUntil, facts.MayWake);
        return new OutboxDraft(
            message.CommunityId, entry.OutboxKind, $"message:{message.PersonId:N}:{message.DedupeKey}", JsonSerializer.Serialize(payload, PhoenixJson.Options), message.PersonId);
    }

    /// <summary>A notice on its way to one reader.</summary>
    /// <param name="Notice">As told.</param>
    /// <param name="PersonId">The reader.</param>
    /// <param name="DedupeKey">A reader may be told of an event for oneself and for a child.</param>
    /// <param name="About">Whom it is about, where that is somebody else.</param>
    private sealed record Addressed(Notice Notice, Guid PersonId, string DedupeKey, MemberHead? About)
    {
        /// <summary>The page, told for whom it is opened.</summary>
        public string Page => About is null ? Notice.Page : $"{Notice.Page}{(Notice.Page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}for={About.MemberId}";

        public string Named(string text) => About is null ? text : $"{About.Name}：{text}";
    }
}
