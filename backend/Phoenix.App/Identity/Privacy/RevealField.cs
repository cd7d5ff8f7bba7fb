using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>A field that is masked everywhere else.</summary>
public enum RevealedField
{
    /// <summary>手机号.</summary>
    Phone,

    /// <summary>待核实的手机号.</summary>
    PendingPhone,

    /// <summary>姓名.</summary>
    RealName,

    /// <summary>证件号.</summary>
    IdNumber,

    /// <summary>出生日期.</summary>
    BirthDate,

    /// <summary>性别.</summary>
    Gender,

    /// <summary>居住区域.</summary>
    Area,

    /// <summary>专业技能.</summary>
    Skills,
}

/// <summary>
/// Staff see one field of one member in the clear, with a reason. The look stands in the log before the field is read, the member sees it in 谁看过我的信息,
/// and the clear text is kept nowhere.
/// </summary>
public static class RevealField
{
    /// <summary>More than a day at the counter needs, too few to copy a list.</summary>
    public static readonly RatePolicy Looks = new("reveals", 30, TimeSpan.FromMinutes(10));

    /// <summary>How long a lost answer can be asked for again; a later look is a look of its own.</summary>
    public static readonly TimeSpan RepeatWithin = TimeSpan.FromSeconds(60);

    /// <summary>Which field, why.</summary>
    /// <param name="Field">One field.</param>
    /// <param name="Reason">2 to 200 characters; the member reads it.</param>
    public sealed record Request(RevealedField Field, string Reason);

    /// <summary>The field.</summary>
    /// <param name="Field">Which.</param>
    /// <param name="Value">In the clear; null where it isn't known.</param>
    public sealed record Response(RevealedField Field, string? Value);

    /// <summary>What is remembered of a look: nothing that was seen.</summary>
    internal sealed record Receipt(Guid PersonId, RevealedField Field, DateTimeOffset At);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/members/{id:guid}/reveals", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.Treasurer).WithMetadata(new RateLimit(Looks))
        .WithName("revealField").WithSummary("查看一项信息");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, BirthDates births, IAuditLog audit, KeyRing keys, Clock clock)
    {
        /// <summary>The field, or <see cref="UnknownMember"/>, <see cref="RevealOver"/>.</summary>
        public async Task<Result<Response>> Run(Guid memberId, Request body, RequestId requestId, CancellationToken cancel)
        {
            var noted = await work.Once<Receipt>(requestId, async () =>
            {
                if (await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                    return new UnknownMember();
                audit.Write(LookActions.Revealed, $"field:{body.Field}", member.PersonId, body.Reason);
                return new Receipt(member.PersonId, body.Field, clock.Now);
            }, cancel);
            if (!noted.TryGet(out var receipt, out var error))
                return error;
            if (clock.Now > receipt.At + RepeatWithin)
                return new RevealOver();
            return new Response(receipt.Field, await Read(receipt.PersonId, receipt.Field, cancel));
        }

        private async Task<string?> Read(Guid person, RevealedField field, CancellationToken cancel) => field switch
        {
            RevealedField.Phone => await Number(person, PhoneState.Confirmed, cancel),
            RevealedField.PendingPhone => await Number(person, PhoneState.Pending, cancel),
            RevealedField.BirthDate => (await births.Of(person, cancel))?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            RevealedField.RealName => await Detail(person, "real_name", cancel),
            RevealedField.IdNumber => await Detail(person, "id_number", cancel),
            RevealedField.Gender => await Detail(person, "gender", cancel) is { } gender ? PersonalWords.Of(Enum.Parse<Gender>(gender)) : null,
            RevealedField.Area => await Detail(person, "area", cancel),
            RevealedField.Skills => await Detail(person, "skills", cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "no field"),
        };

        private async Task<string?> Number(Guid person, PhoneState state, CancellationToken cancel) =>
            await db.Set<Phone>().AsNoTracking().FirstOrDefaultAsync(p => p.PersonId == person && p.State == state, cancel) is { } phone ? PhoneNumbers.Dialled(phone.Open(keys)) : null;

        private async Task<string?> Detail(Guid person, string column, CancellationToken cancel) =>
            await db.Set<PersonDetails>().AsNoTracking().FirstOrDefaultAsync(d => d.PersonId == person, cancel) is { } details ? details.Open(keys, column) : null;
    }
}
