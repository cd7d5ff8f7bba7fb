using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Staff void a record that isn't so, with the reason that its holder reads; its coins are taken back as far as they are there.</summary>
public static class VoidRecord
{
    /// <summary>Why.</summary>
    /// <param name="Reason">2 to 200 characters; the holder reads it.</param>
    public sealed record Request(string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).MaximumLength(ServiceRecord.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/service-records/{id:guid}/voiding", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("voidRecord").WithSummary("作废服务记录");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, RecordEditor editor)
    {
        /// <summary>The record as voided, or what <see cref="RecordEditor.Find"/> or the ledger refuses.</summary>
        public Task<Result<RecordItem>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<RecordItem>(requestId, async () =>
        {
            if (!(await editor.Find(id, caller.PersonId, cancel)).TryGet(out var version, out var error))
                return error;
            if (await editor.Void(version, caller.PersonId, body.Reason.Trim(), cancel) is { } refusal)
                return refusal;
            return (await db.Show([version], cancel))[0];
        }, cancel);
    }
}
