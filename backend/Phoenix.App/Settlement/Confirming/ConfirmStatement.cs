using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Settlement.Confirming;

/// <summary>The merchant's owner says that the statement is right; with doubts, that the rest is.</summary>
public static class ConfirmStatement
{
    /// <summary>What came of it.</summary>
    /// <param name="Id">The statement.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="ConfirmedAt">When it was confirmed.</param>
    public sealed record Response(Guid Id, StatementState State, DateTimeOffset ConfirmedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/statements/{id:guid}/confirmation", (
            Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner)
        .WithName("confirmStatement").WithSummary("确认对账单");

    /// <summary>Does it.</summary>
    public sealed class Handler(UnitOfWork work, StatementDesk desk)
    {
        /// <summary>The statement as it now stands, or <see cref="UnknownStatement"/>, <see cref="StatementNotOpen"/>.</summary>
        public Task<Result<Response>> Run(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await desk.FindOwn(id, caller, cancel)).TryGet(out var statement, out var error))
                return error;
            if (statement.State is not (StatementState.Sent or StatementState.Disputed or StatementState.Resolved) || statement.ConfirmedAt is not null)
                return new StatementNotOpen();
            await desk.Confirm(statement, caller.PersonId, cancel);
            return new Response(id, statement.State, statement.ConfirmedAt!.Value);
        }, cancel);
    }
}
