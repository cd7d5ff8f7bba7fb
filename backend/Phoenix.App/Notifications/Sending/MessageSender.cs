using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Notifications.Sending;

/// <summary>
/// Sends one message through WeChat, if it is still wanted when its turn comes, and says what its answer means for the outbox. What was spent and
/// what became of the inbox message are written in the transaction that records the row as done.
/// </summary>
/// <remarks>
/// A node that dies between WeChat's answer and that transaction leaves the row to another, which sends again: nothing is lost, and twice comes only
/// what was answered to nobody. An answer that a living node didn't get is <see cref="OutboxResult.Unknown"/> and left to a person.
/// </remarks>
internal sealed class MessageSender(
    PhoenixDb db, IWeChatGateway weChat, IWeChatUsers users, TemplateBook templates, ConsentLedger consents, PreferenceBook preferences, SendTurns turns,
    ICommunityCalendar calendar, Clock clock, ILogger<MessageSender> log)
{
    /// <summary>What became of it.</summary>
    public async Task<OutboxResult> Send(CatalogueEntry entry, OutboxMessage row, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<MessagePayload>(row.Payload, PhoenixJson.Options)!;
        var person = row.PersonId!.Value;
        if (await Unwanted(entry, payload, person, cancel) is { } state)
            return Done(row, payload, state);
        if (await templates.Bind(entry.Kind, cancel) is not { } binding)
            return Done(row, payload, DeliveryState.InboxOnly);
        if (Wait(payload) is { } quietUntil)
            return new OutboxResult.NotYet(quietUntil);
        if (!await turns.Take(person, row.Id, cancel))
            return new OutboxResult.NotYet(clock.Now + SendingLimits.RetryForTurn);
        if (await consents.Balance(person, binding.TemplateId, cancel) == 0)
            return Done(row, payload, DeliveryState.NotAgreed);
        if (await users.OpenIdOf(person, cancel) is not { } openId)
            return Done(row, payload, DeliveryState.NoAccount);

        var answer = await weChat.Send(new SubscribeMessage(openId, binding.TemplateId, payload.Page, Data(binding, payload)), cancel);
        return answer.TryGet(out _, out var refused)
            ? Done(row, payload, DeliveryState.Sent, context => ConsentLedger.Take(context, person, binding.TemplateId, CancellationToken.None))
            : Refused(refused, row, payload, binding);
    }

    /// <summary>Why it is no longer wanted, or null.</summary>
    private async Task<DeliveryState?> Unwanted(CatalogueEntry entry, MessagePayload payload, Guid person, CancellationToken cancel)
    {
        var now = clock.Now;
        if (payload.UsefulUntil is { } until && (until <= now || !payload.MayWake && until <= QuietHours.EndOf(now, calendar.Time)))
            return DeliveryState.TooLate;
        if (!await db.Set<InboxMessage>().AnyAsync(m => m.Id == payload.MessageId && m.ReadAt == null, cancel))
            return DeliveryState.ReadBefore;
        if ((await preferences.SwitchedOff(person, cancel)).Contains(entry.Group))
            return DeliveryState.SwitchedOff;
        return entry.Group == NoticeGroup.Till && await db.Set<TillMark>().AnyAsync(t => t.PersonId == person && t.OpenUntil > now, cancel) ? DeliveryState.AtTheTill : null;
    }

    /// <summary>The end of the quiet hours, if it can wait for it; null to send now.</summary>
    private DateTimeOffset? Wait(MessagePayload payload)
    {
        var end = QuietHours.EndOf(clock.Now, calendar.Time);
        return payload.MayWake && payload.UsefulUntil <= end ? null : end;
    }

    private Dictionary<string, string> Data(TemplateBinding binding, MessagePayload payload) =>
        binding.Fields.ToDictionary(f => f.Key, f => payload.Values[f.Label].For(FieldValue.TypeOf(f.Key), calendar.Time), StringComparer.Ordinal);

    private OutboxResult Refused(Error refused, OutboxMessage row, MessagePayload payload, TemplateBinding binding)
    {
        var code = refused is IWeChatError { WeChatCode: not 0 } known ? $"wechat.{known.WeChatCode}" : refused.Code;
        var (person, isLast) = (row.PersonId!.Value, row.Attempts >= OutboxLimits.MaxAttempts);
        switch ((refused as IWeChatError)?.Retry)
        {
            case WeChatRetry.User:
                return Done(row, payload, DeliveryState.NotAgreed, context => ConsentLedger.Clear(context, person, binding.TemplateId, clock.Now, CancellationToken.None));
            case WeChatRetry.Later:
                return With(new OutboxResult.Retry(code, refused.RetryAfter), row, payload, isLast ? DeliveryState.Failed : null);
            case WeChatRetry.Operator:
                log.LogCritical("WeChat refuses messages of kind {Kind} until somebody acts: {Code} {What}", row.Kind, code, (refused as WeChatAccountWrong)?.What);
                return With(new OutboxResult.Retry(code, SendingLimits.RetryForOperator), row, payload, isLast ? DeliveryState.Failed : null);
            case WeChatRetry.Unknown:
                log.LogWarning("WeChat's answer to message {Id} of kind {Kind} was lost; it isn't sent again by itself", row.Id, row.Kind);
                return With(new OutboxResult.Unknown(), row, payload, DeliveryState.Failed);
            default:
                log.LogError("WeChat doesn't take message {Id} of kind {Kind}: {Code} {What}", row.Id, row.Kind, code, (refused as WeChatRequestWrong)?.What);
                return With(new OutboxResult.Dead(code), row, payload, DeliveryState.Failed);
        }
    }

    private OutboxResult Done(OutboxMessage row, MessagePayload payload, DeliveryState state, Func<DbContext, Task>? also = null) =>
        With(new OutboxResult.Sent(), row, payload, state, also);

    private OutboxResult With(OutboxResult result, OutboxMessage row, MessagePayload payload, DeliveryState? state, Func<DbContext, Task>? also = null)
    {
        var now = clock.Now;
        return result with
        {
            Also = async context =>
            {
                if (also is not null)
                    await also(context);
                if (state is { } became)
                    await context.Set<InboxMessage>().IgnoreQueryFilters().Where(m => m.CommunityId == row.CommunityId && m.Id == payload.MessageId)
                        .ExecuteUpdateAsync(u => u.SetProperty(m => m.Delivery, became), CancellationToken.None);
                await SendTurns.GiveBack(context, row.PersonId!.Value, row.Id, now, CancellationToken.None);
            },
        };
    }
}
