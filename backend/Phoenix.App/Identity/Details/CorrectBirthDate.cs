using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Details;

/// <summary>Staff correct a birth date after seeing a document; never their own nor their own child's. Everything that hangs on the age follows at once.</summary>
public static class CorrectBirthDate
{
    /// <summary>The day, and why.</summary>
    /// <param name="BirthDate">As on the document.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(DateOnly BirthDate, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="MemberId">The member.</param>
    public sealed record Response(Guid MemberId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/members/{id:guid}/birth-date", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("correctBirthDate").WithSummary("更正出生日期");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook guardians, BirthDates births, IAuditLog audit, KeyRing keys)
    {
        /// <summary>The member, or <see cref="UnknownMember"/>, <see cref="WitnessIsParty"/>, <see cref="BirthDateImpossible"/>, <see cref="BirthDateDiffers"/>.</summary>
        public Task<Result<Response>> Run(Guid memberId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                return new UnknownMember();
            if (member.PersonId == caller.PersonId || await db.Set<Guardianship>().AnyAsync(g => g.ChildId == member.PersonId && g.GuardianId == caller.PersonId && g.EndedAt == null, cancel))
                return new WitnessIsParty();
            if (!Ages.IsPossible(body.BirthDate, guardians.Today))
                return new BirthDateImpossible();
            var details = await db.Set<PersonDetails>().AsNoTracking().FirstOrDefaultAsync(d => d.PersonId == member.PersonId, cancel);
            if (details is not null && IdNumbers.IsResidents(details.IdKind) && IdNumbers.BirthOf(details.Open(keys, "id_number")!) != body.BirthDate)
                return new BirthDateDiffers();
            await births.Correct(member.PersonId, body.BirthDate, cancel);
            audit.Write("birth_date.corrected", $"member:{memberId:N}", member.PersonId, body.Reason);
            return new Response(memberId);
        }, cancel);
    }
}
