using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Notifications.Inbox;

/// <summary>A person reads the inbox, of one community or of all, newest first; and how many messages are unread.</summary>
public static class ReadInbox
{
    /// <summary>A message.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="CommunityId">Which community tells it.</param>
    /// <param name="Kind">The kind.</param>
    /// <param name="Title">A few characters.</param>
    /// <param name="Body">One to three sentences.</param>
    /// <param name="Page">The page that opens the exact record.</param>
    /// <param name="CreatedAt">When.</param>
    /// <param name="IsRead">Whether the person has read it.</param>
    public sealed record Item(Guid Id, int CommunityId, NoticeKind Kind, string Title, string Body, string Page, DateTimeOffset CreatedAt, bool IsRead);

    /// <summary>Unread messages.</summary>
    /// <param name="Count">How many, at most 100: more is shown as 99+.</param>
    public sealed record UnreadCount(int Count);

    /// <summary>Counting stops here.</summary>
    public const int MostCounted = 100;

    /// <summary>The routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        community.MapGet("/messages", ([AsParameters] PageQuery page, Caller caller, PhoenixDb db, CancellationToken cancel) => List(page, Of(db, caller), cancel))
            .RequireSignedIn().WithName("listMessages").WithSummary("消息");
        community.MapGet("/messages/unread", (Caller caller, PhoenixDb db, CancellationToken cancel) => Count(Of(db, caller), cancel))
            .RequireSignedIn().WithName("countUnreadMessages").WithSummary("未读消息数");
        api.MapGet("/messages", ([AsParameters] PageQuery page, Caller caller, PhoenixDb db, CancellationToken cancel) => List(page, EverywhereOf(db, caller), cancel))
            .RequireSignedIn().WithName("listAllMessages").WithSummary("所有社区的消息");
        api.MapGet("/messages/unread", (Caller caller, PhoenixDb db, CancellationToken cancel) => Count(EverywhereOf(db, caller), cancel))
            .RequireSignedIn().WithName("countAllUnreadMessages").WithSummary("所有社区的未读消息数");
    }

    /// <summary>The caller's messages in the community in scope.</summary>
    internal static IQueryable<InboxMessage> Of(PhoenixDb db, Caller caller) => db.Set<InboxMessage>().AsNoTracking().Where(m => m.PersonId == caller.PersonId);

    /// <summary>The caller's messages in all communities: one of the few reads across them, of one's own.</summary>
    internal static IQueryable<InboxMessage> EverywhereOf(PhoenixDb db, Caller caller) =>
        db.Set<InboxMessage>().AsNoTracking().IgnoreQueryFilters().Where(m => m.PersonId == caller.PersonId);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List(PageQuery page, IQueryable<InboxMessage> messages, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (at.After is { } before)
            messages = messages.Where(m => m.Id.CompareTo(before) < 0);
        var rows = await messages.OrderByDescending(m => m.Id).Take(at.Limit + 1)
            .Select(m => new Item(m.Id, m.CommunityId, m.Kind, m.Title, m.Body, m.Page, m.CreatedAt, m.ReadAt != null)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, i => i.Id));
    }

    private static async Task<Ok<UnreadCount>> Count(IQueryable<InboxMessage> messages, CancellationToken cancel) =>
        TypedResults.Ok(new UnreadCount(await messages.Where(m => m.ReadAt == null).Take(MostCounted).CountAsync(cancel)));
}
