using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Preferences;

/// <summary>A person sees and changes which groups of messages come through WeChat.</summary>
public static class ChangePreferences
{
    /// <summary>The choice.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="IsOn">Whether it comes through WeChat.</param>
    public sealed record Request(NoticeGroup Group, bool IsOn);

    /// <summary>All groups.</summary>
    /// <param name="Groups">In order.</param>
    /// <param name="QuietFrom">No messages from then, in the community's time; they come in the morning.</param>
    /// <param name="QuietTo">Until then.</param>
    public sealed record Response(IReadOnlyList<Item> Groups, TimeOnly QuietFrom, TimeOnly QuietTo);

    /// <summary>A group.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Name">In Chinese.</param>
    /// <param name="IsOn">Whether it comes through WeChat.</param>
    /// <param name="MaySwitchOff">Whether it can be switched off.</param>
    public sealed record Item(NoticeGroup Group, string Name, bool IsOn, bool MaySwitchOff);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/messages/preferences", async (Caller caller, PreferenceBook book, CancellationToken cancel) => TypedResults.Ok(Show(await book.SwitchedOff(caller.PersonId, cancel))))
            .RequireSignedIn().WithName("getMessagePreferences").WithSummary("消息设置");
        api.MapPut("/messages/preferences", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithName("changeMessagePreferences").WithSummary("修改消息设置");
    }

    internal static Response Show(IReadOnlySet<NoticeGroup> off) => new(
        [.. Enum.GetValues<NoticeGroup>().Select(g => new Item(g, NameOf(g), !off.Contains(g), g != NoticeGroup.Essential))], QuietHours.From, QuietHours.To);

    private static string NameOf(NoticeGroup group) => group switch
    {
        NoticeGroup.Shifts => "报名与时段",
        NoticeGroup.Records => "时长与记录",
        NoticeGroup.Coins => "凤凰币",
        NoticeGroup.Exchange => "兑换",
        NoticeGroup.Family => "家人",
        NoticeGroup.Till => "柜台",
        _ => "必要通知",
    };

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, PreferenceBook book, Clock clock)
    {
        /// <summary>All groups as they now are, or <see cref="AlwaysOn"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (body is { Group: NoticeGroup.Essential, IsOn: false })
                return new AlwaysOn();
            if (body.IsOn)
                await db.Set<MessagePreference>().Where(p => p.PersonId == caller.PersonId && p.Group == body.Group).ExecuteDeleteAsync(cancel);
            else if (!(await book.SwitchedOff(caller.PersonId, cancel)).Contains(body.Group))
                db.Add(new MessagePreference { PersonId = caller.PersonId, Group = body.Group, OffSince = clock.Now });
            await db.SaveChangesAsync(cancel);
            return Show(await book.SwitchedOff(caller.PersonId, cancel));
        }, cancel);
    }
}
