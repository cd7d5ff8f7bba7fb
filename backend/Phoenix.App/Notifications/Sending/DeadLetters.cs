using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Sending;

/// <summary>Staff see what couldn't be carried out (messages above all), without anybody's data, and have one or all of a kind tried again.</summary>
public static class DeadLetters
{
    /// <summary>A dead letter.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Of what kind: <c>message.shiftReminder</c>.</param>
    /// <param name="Error">The code of the failure; <c>outbox.unknown</c>: it may have arrived, trying again may bring it twice.</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="CreatedAt">When it was written.</param>
    /// <param name="DeadAt">When it was given up.</param>
    /// <param name="Person">The person's mark, the end of an id: the same for the same person, naming nobody.</param>
    public sealed record Item(Guid Id, string Kind, string? Error, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DeadAt, string? Person);

    /// <summary>Trying one again.</summary>
    /// <param name="Reason">Why it will go better, for the log; 2 to 200 characters.</param>
    public sealed record OneRequest(string Reason);

    /// <summary>Trying all of a kind again, up to 500 at a time, the oldest first.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Reason">Why it will go better, for the log; 2 to 200 characters.</param>
    public sealed record AllRequest(string Kind, string Reason);

    /// <summary>What was brought back.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Response(int Count);

    /// <summary>The limits of <see cref="OneRequest"/>.</summary>
    public sealed class OneLimits : AbstractValidator<OneRequest>
    {
        /// <summary>With its reason.</summary>
        public OneLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, 200).WithName("原因");
    }

    /// <summary>The limits of <see cref="AllRequest"/>.</summary>
    public sealed class AllLimits : AbstractValidator<AllRequest>
    {
        /// <summary>A kind, with its reason.</summary>
        public AllLimits()
        {
            RuleFor(r => r.Kind).NotEmpty().MaximumLength(OutboxLimits.KindLength).WithName("种类");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 200).WithName("原因");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/messages/failures", List).RequireRole(Role.Staff).WithName("listDeadLetters").WithSummary("没发出去的消息");
        community.MapPost("/messages/failures/{id:guid}/requeue", (Guid id, OneRequest body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.One(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("requeueDeadLetter").WithSummary("重发一条");
        community.MapPost("/messages/failures/requeue", (AllRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.All(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("requeueDeadLetters").WithSummary("重发一类");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] string? kind, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var dead = db.Set<OutboxMessage>().AsNoTracking().Where(m => m.CommunityId == db.Scope.CommunityId && m.DeadAt != null && (kind == null || m.Kind == kind));
        if (at.After is { } before)
            dead = dead.Where(m => m.Id.CompareTo(before) < 0);
        var rows = await dead.OrderByDescending(m => m.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(m => new Item(m.Id, m.Kind, m.LastError, m.Attempts, m.CreatedAt, m.DeadAt!.Value, m.PersonId?.ToString("N")[^4..])), at.Limit, i => i.Id));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IAuditLog audit, Clock clock)
    {
        /// <summary>One, or <see cref="UnknownDeadLetter"/>.</summary>
        public Task<Result<Response>> One(Guid id, OneRequest body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!await OutboxRevival.One(db, db.Scope.CommunityId, id, clock.Now, cancel))
                return new UnknownDeadLetter();
            audit.Write("messages.requeued", $"outbox:{id:N}", reason: body.Reason);
            return new Response(1);
        }, cancel);

        /// <summary>All of a kind, or <see cref="UnknownDeadLetter"/> where there is none.</summary>
        public Task<Result<Response>> All(AllRequest body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var count = await OutboxRevival.All(db, db.Scope.CommunityId, body.Kind, clock.Now, cancel);
            if (count == 0)
                return new UnknownDeadLetter();
            audit.Write("messages.requeued", $"outbox:{body.Kind}", reason: body.Reason);
            return new Response(count);
        }, cancel);
    }
}
