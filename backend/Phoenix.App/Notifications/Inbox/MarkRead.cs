using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Inbox;

/// <summary>A person has read a message, or all up to the newest one seen.</summary>
public static class MarkRead
{
    /// <summary>All up to a message.</summary>
    /// <param name="UpTo">The newest message seen: what came after it stays unread.</param>
    public sealed record Request(Guid UpTo);

    /// <summary>What was marked.</summary>
    /// <param name="Marked">How many were unread before.</param>
    public sealed record Response(int Marked);

    /// <summary>The routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        community.MapPost("/messages/{id:guid}/read", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.One(id, requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithName("markMessageRead").WithSummary("已读");
        community.MapPost("/messages/read", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.UpTo(body, ReadInbox.Of, requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithName("markMessagesRead").WithSummary("全部已读");
        api.MapPost("/messages/read", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.UpTo(body, ReadInbox.EverywhereOf, requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithName("markAllMessagesRead").WithSummary("所有社区全部已读");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Clock clock)
    {
        /// <summary>One, or <see cref="UnknownMessage"/>.</summary>
        public Task<Result<Response>> One(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var message = ReadInbox.Of(db, caller).Where(m => m.Id == id);
            var marked = await Mark(message, cancel);
            return marked == 1 || await message.AnyAsync(cancel) ? new Response(marked) : new UnknownMessage();
        }, cancel);

        /// <summary>All up to the newest one seen, of those that <paramref name="of"/> finds.</summary>
        public Task<Result<Response>> UpTo(Request body, Func<PhoenixDb, Caller, IQueryable<InboxMessage>> of, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<Response>(requestId, async () => new Response(await Mark(of(db, caller).Where(m => m.Id.CompareTo(body.UpTo) <= 0), cancel)), cancel);

        private Task<int> Mark(IQueryable<InboxMessage> messages, CancellationToken cancel)
        {
            var now = clock.Now;
            return messages.Where(m => m.ReadAt == null).ExecuteUpdateAsync(u => u.SetProperty(m => m.ReadAt, now), cancel);
        }
    }
}
