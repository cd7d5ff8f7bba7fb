using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Sessions;

/// <summary>A person signs out: this device, or all of them.</summary>
public static class LogOut
{
    /// <summary>What was ended.</summary>
    /// <param name="Ended">How many devices.</param>
    public sealed record Response(int Ended);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/sessions/current", (RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(s => s.Id == caller.SessionId, requestId, cancel).ToHttp())
            .RequireSignedIn().WithName("logOut").WithSummary("退出登录");
        api.MapDelete("/sessions", (RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(s => s.PersonId == caller.PersonId, requestId, cancel).ToHttp())
            .RequireSignedIn().WithName("logOutEverywhere").WithSummary("退出所有设备");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, SessionBook book)
    {
        public Task<Result<Response>> Run(System.Linq.Expressions.Expression<Func<Session, bool>> which, RequestId requestId, CancellationToken cancel) =>
            work.Once<Response>(requestId, async () => new Response(await book.End(db.Set<Session>().Where(which), cancel)), cancel);
    }
}
