using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Notifications;

/// <summary>A message goes out when it is still wanted, as often as was agreed, and each answer of WeChat's has its consequence.</summary>
public sealed class SendingTests
{
    private static readonly DateTimeOffset s_now = PhoenixApp.DefaultStart;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_message_opens_the_exact_record_is_written_as_the_account_s_template_wants_and_spends_one_consent(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var (reader, stranger) = (await app.Reader("T-reminder", 2), await app.Reader());
        var facts = new ShiftReminder("楼栋关怀日：看望独居老人，带上水杯和遮阳的帽子", s_now.AddHours(23), "凤凰里社区服务站。");
        await app.Tell(reader, "1", facts);
        await app.Tell(stranger, "1", facts);
        await app.Relay();

        var sent = Assert.Single(app.WeChat.Sent);
        Assert.Equal((Posting.OpenIdOf(reader), "T-reminder", "pages/record/record?id=1"), (sent.OpenId, sent.TemplateId, sent.Page));
        Assert.Equal(["thing3:凤凰里社区服务站", "thing7:楼栋关怀日：看望独居老人，带上水杯和遮…", "thing9:来不了请提前取消", "time2:2026年11月24日 09:00"],
            sent.Data.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}:{d.Value}"));
        Assert.Equal(20, sent.Data["thing7"].Length);
        Assert.Equal(1, await app.Consents(reader, "T-reminder"));
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(reader));
        Assert.Equal([DeliveryState.NotAgreed], await app.Deliveries(stranger));
        await app.Relay();
        Assert.Single(app.WeChat.Sent);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_no_longer_wanted_is_not_sent_and_spends_nothing(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var readers = new List<TestCaller>();
        for (var i = 0; i < 4; i++)
            readers.Add(await app.Reader("T-reminder"));
        var (late, off, read, gone) = (readers[0], readers[1], readers[2], readers[3]);
        var clerk = await app.Reader("T-collect", 2, Role.Clerk);
        var (reminder, order) = (new ShiftReminder("楼栋关怀", s_now.AddHours(1), "服务站"), new TillOrder("爱心午餐", 1, 27, s_now.AddHours(3), "社区食堂"));
        foreach (var reader in readers)
            await app.Tell(reader, "1", reminder);
        await app.Tell(clerk, "1", order);

        (await off.Put("/api/v1/messages/preferences", new { group = "shifts", isOn = false })).Ok<object>();
        var message = (await read.Get("messages")).Ok<Page<ReadInbox.Item>>().Items.Single();
        (await read.Post($"messages/{message.Id}/read")).Ok<MarkRead.Response>();
        await app.Write(Seeding.CommunityId, db => db.Remove(db.Set<WeChatAccount>().Single(a => a.PersonId == gone.PersonId)));
        var open = (await clerk.Put("messages/till", new { isOpen = true })).Ok<MarkTill.Response>().OpenUntil;
        Assert.Equal(s_now + MarkTill.Lifetime, open);
        app.Time.SetUtcNow(reminder.StartsAt);
        (read, clerk) = (await app.Again(read), await app.Again(clerk));
        (await clerk.Put("messages/till", new { isOpen = true })).Ok<MarkTill.Response>();
        await app.Relay();
        Assert.Equal([DeliveryState.TooLate], await app.Deliveries(late));
        Assert.Equal([DeliveryState.TooLate], await app.Deliveries(off));
        Assert.Equal([DeliveryState.AtTheTill], await app.Deliveries(clerk));

        // One second before the start it would have gone; the others have their own reasons.
        app.Time.SetUtcNow(s_now.AddHours(1.5));
        (read, clerk) = (await app.Again(read), await app.Again(clerk));
        var next = reminder with { StartsAt = s_now.AddHours(1.5).AddSeconds(1) };
        foreach (var reader in readers)
            await app.Tell(reader, "2", next);
        await app.Tell(clerk, "2", order);
        message = (await read.Get("messages")).Ok<Page<ReadInbox.Item>>().Items[0];
        (await read.Post("messages/read", new { upTo = message.Id })).Ok<MarkRead.Response>();
        await app.Relay();
        Assert.Equal(DeliveryState.Sent, (await app.Deliveries(late))[1]);
        Assert.Equal(DeliveryState.SwitchedOff, (await app.Deliveries(off))[1]);
        Assert.Equal(DeliveryState.ReadBefore, (await app.Deliveries(read))[1]);
        Assert.Equal(DeliveryState.NoAccount, (await app.Deliveries(gone))[1]);
        Assert.Equal(DeliveryState.Sent, (await app.Deliveries(clerk))[1]);
        int[] left = await Task.WhenAll(readers.Select(r => app.Consents(r, "T-reminder")));
        Assert.Equal([0, 1, 1, 1], left);
        (await (await app.Person(Role.Member)).Put("messages/till", new { isOpen = true })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task At_night_messages_wait_for_eight_o_clock_unless_the_morning_is_too_late(DatabaseKind database)
    {
        // 20:59:59 in Chengdu; then 21:00.
        var evening = new DateTimeOffset(2026, 11, 23, 12, 59, 59, TimeSpan.Zero);
        await using var app = await Posting.Start(database, evening);
        var (early, waits, woken, slept) = (await app.Reader("T-hours"), await app.Reader("T-hours"), await app.Reader("T-offer"), await app.Reader("T-offer"));
        var lost = await app.Reader("T-reminder");
        await app.Tell(early, "1", Samples.Record);
        await app.Relay();
        Assert.Single(app.WeChat.Sent);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        var eight = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        await app.Tell(waits, "1", Samples.Record);
        await app.Tell(woken, "1", new PlaceOffered("楼栋关怀", eight.AddHours(1), eight));
        await app.Tell(slept, "1", new PlaceOffered("楼栋关怀", eight.AddHours(5), eight.AddSeconds(1)));
        await app.Tell(lost, "1", new ShiftReminder("楼栋关怀", eight, "服务站"));
        await app.Relay();
        Assert.Equal([Posting.OpenIdOf(early), Posting.OpenIdOf(woken)], app.WeChat.Sent.Select(m => m.OpenId));
        Assert.Equal([DeliveryState.TooLate], await app.Deliveries(lost));
        Assert.Equal((eight, 0, null), await app.Row(waits) is var row ? (row.DueAt, row.Attempts, row.LastError) : default);

        app.Time.SetUtcNow(eight.AddMilliseconds(-1));
        await app.Relay();
        Assert.Equal(2, app.WeChat.Sent.Count);
        app.Time.SetUtcNow(eight);
        await app.Relay();
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(waits));
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(slept));
    }

    /// <summary>Every class of WeChat's errors: what becomes of the row, the consent, the inbox and the alarm.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_class_of_refusal_has_its_consequence_and_a_bad_row_blocks_no_other(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        (Error Refusal, string? Code, TimeSpan? RetryIn, bool Dead, int Consents, DeliveryState Delivery, Microsoft.Extensions.Logging.LogLevel? Alarm)[] matrix =
        [
            (new WeChatBusy(-1), "wechat.-1", OutboxLimits.FirstBackOff, false, 2, DeliveryState.Waiting, null),
            (new WeChatBusy(45009) { RetryAfter = TimeSpan.FromHours(3) }, "wechat.45009", TimeSpan.FromHours(3), false, 2, DeliveryState.Waiting, null),
            (new WeChatBusy(43108) { RetryAfter = TimeSpan.FromSeconds(1) }, "wechat.43108", TimeSpan.FromSeconds(1), false, 2, DeliveryState.Waiting, null),
            (new WeChatMessageNotWanted(43101), null, null, false, 0, DeliveryState.NotAgreed, null),
            (new WeChatRequestWrong(47003, "argument invalid! data.thing1.value is empty"), "wechat.47003", null, true, 2, DeliveryState.Failed, Microsoft.Extensions.Logging.LogLevel.Error),
            (new WeChatRequestWrong(0, "thing1 is longer than 20"), "wechat.request_wrong", null, true, 2, DeliveryState.Failed, Microsoft.Extensions.Logging.LogLevel.Error),
            (new WeChatAccountWrong(40037, "template id wrong"), "wechat.40037", SendingLimits.RetryForOperator, false, 2, DeliveryState.Waiting, Microsoft.Extensions.Logging.LogLevel.Critical),
            (new WeChatOutcomeUnknown(), OutboxErrors.Unknown, null, true, 2, DeliveryState.Failed, Microsoft.Extensions.Logging.LogLevel.Warning),
            (new WeChatCodeOver(40029), "wechat.40029", null, true, 2, DeliveryState.Failed, Microsoft.Extensions.Logging.LogLevel.Error),
            (new TooManyRequests(), "limit.reached", null, true, 2, DeliveryState.Failed, Microsoft.Extensions.Logging.LogLevel.Error),
        ];
        var readers = new List<TestCaller>();
        var refusals = new Dictionary<string, Error>(StringComparer.Ordinal);
        foreach (var (refusal, _, _, _, _, _, _) in matrix)
        {
            var reader = await app.Reader("T-hours", 2);
            readers.Add(reader);
            refusals[Posting.OpenIdOf(reader)] = refusal;
            await app.Tell(reader, "1", Samples.Record);
        }

        var last = await app.Reader("T-hours");
        await app.Tell(last, "1", Samples.Record);
        app.WeChat.OnSend = message => Task.FromResult(refusals.GetValueOrDefault(message.OpenId));
        await app.Relay();

        for (var i = 0; i < matrix.Length; i++)
        {
            var (refusal, code, retryIn, dead, consents, delivery, alarm) = matrix[i];
            var row = await app.Row(readers[i]);
            Assert.Equal((code, dead, retryIn is null && !dead, s_now + (retryIn ?? TimeSpan.Zero)), (row.LastError, row.DeadAt is not null, row.DoneAt is not null, row.DueAt));
            Assert.Equal(consents, await app.Consents(readers[i], "T-hours"));
            Assert.Equal([delivery], await app.Deliveries(readers[i]));
            Assert.Equal(alarm is not null, alarm is not null && app.Logs.Lines.Any(l => l.Level == alarm && l.Text.Contains(refusal is WeChatOutcomeUnknown ? "was lost" : code!, StringComparison.Ordinal)));
        }

        Assert.DoesNotContain(app.Logs.Lines, l => refusals.Keys.Any(openId => l.Text.Contains(openId, StringComparison.Ordinal)));
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(last));

        // Nothing dead or unknown is sent again by itself; what was told to wait is, until it is given up after its tenth attempt.
        var calls = new ConcurrentBag<string>();
        app.WeChat.OnSend = message => { calls.Add(message.OpenId); return Task.FromResult(refusals.GetValueOrDefault(message.OpenId)); };
        for (var i = 0; i < 40; i++)
        {
            app.Time.Advance(TimeSpan.FromHours(4));
            await app.Relay();
        }

        Assert.Equal([9, 9, 9, 0, 0, 0, 9, 0, 0, 0], readers.Select(r => calls.Count(c => c == Posting.OpenIdOf(r))));
        Assert.Equal([DeliveryState.Failed], await app.Deliveries(readers[6]));
        Assert.Equal((OutboxLimits.MaxAttempts, "wechat.40037"), await app.Row(readers[6]) is { DeadAt: not null } given ? (given.Attempts, given.LastError) : default);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_relays_send_a_person_one_message_at_a_time_and_one_consent_is_one_message(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var (busy, free) = (await app.Reader("T-hours"), await app.Reader("T-hours"));
        await app.Tell(busy, "1", Samples.Record);
        var (begun, answer) = (new TaskCompletionSource(), new TaskCompletionSource<Error?>());
        var calls = new ConcurrentQueue<string>();
        app.WeChat.OnSend = message =>
        {
            calls.Enqueue(message.OpenId);
            return begun.TrySetResult() ? answer.Task : Task.FromResult<Error?>(null);
        };
        var first = Task.Run(app.Relay);
        await begun.Task;

        // The first relay waits for WeChat; the second finds more for the same person, who has one consent, and somebody else's.
        await app.Tell(busy, "2", Samples.Record);
        await app.Tell(busy, "3", Samples.Record);
        await app.Tell(free, "1", Samples.Record);
        await app.Relay();
        Assert.Equal([Posting.OpenIdOf(busy), Posting.OpenIdOf(free)], calls);
        Assert.Equal((0, s_now + SendingLimits.RetryForTurn), await app.Row(busy) is var row ? (row.Attempts, row.DueAt) : default);
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(free));

        answer.SetResult(null);
        await first;
        app.Time.Advance(SendingLimits.RetryForTurn);
        await Task.WhenAll(Task.Run(app.Relay), Task.Run(app.Relay));
        for (var round = 0; round < 3; round++)
        {
            app.Time.Advance(SendingLimits.RetryForTurn);
            await app.Relay();
        }

        Assert.Equal(2, calls.Count);
        Assert.Equal([DeliveryState.Sent, DeliveryState.NotAgreed, DeliveryState.NotAgreed], await app.Deliveries(busy));
        Assert.Equal((0, 0), (await app.Consents(busy, "T-hours"), await app.Consents(free, "T-hours")));
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().CountAsync(m => m.DoneAt == null)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_credit_that_comes_while_a_message_is_being_sent_is_kept(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var reader = await app.Reader("T-hours");
        await app.Tell(reader, "1", Samples.Record);
        app.WeChat.OnSend = async _ => { (await reader.Agree("T-hours")).Ok<ReportConsents.Response>(); return null; };
        await app.Relay();
        Assert.Equal(1, await app.Consents(reader, "T-hours"));

        // A turn that is taken elsewhere puts a message off without counting as an attempt; it lapses by itself.
        await app.Write(Seeding.CommunityId, db => db.Set<SendTurn>().Single(t => t.PersonId == reader.PersonId).HeldUntil = s_now + SendTurn.Lease);
        await app.Tell(reader, "2", Samples.Record);
        await app.Relay();
        Assert.Equal((0, s_now + SendingLimits.RetryForTurn), await app.Row(reader) is var row ? (row.Attempts, row.DueAt) : default);
        app.Time.Advance(SendTurn.Lease);
        app.WeChat.OnSend = _ => Task.FromResult<Error?>(null);
        await app.Relay();
        Assert.Equal([DeliveryState.Sent, DeliveryState.Sent], await app.Deliveries(reader));
        Assert.Equal(0, await app.Consents(reader, "T-hours"));
    }
}
