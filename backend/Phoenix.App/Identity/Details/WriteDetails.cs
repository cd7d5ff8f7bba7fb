using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Details;

/// <summary>A member gives what the law wants to be recorded (令67 art 5), before the first certificate; a guardian gives a child's.</summary>
public static class WriteDetails
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 50;

    /// <summary>Longest area, in characters.</summary>
    public const int MaxAreaLength = 60;

    /// <summary>Longest list of skills, in characters.</summary>
    public const int MaxSkillsLength = 200;

    /// <summary>The fields.</summary>
    /// <param name="RealName">As on the document.</param>
    /// <param name="IdKind">The kind of document.</param>
    /// <param name="IdNumber">Its number.</param>
    /// <param name="BirthDate">Needed where the number doesn't say it.</param>
    /// <param name="Gender">Needed where the number doesn't say it.</param>
    /// <param name="Area">居住区域, or null.</param>
    /// <param name="Skills">专业技能和服务类别, or null.</param>
    public sealed record Request(string RealName, IdDocument IdKind, string IdNumber, DateOnly? BirthDate = null, Gender? Gender = null, string? Area = null, string? Skills = null);

    /// <summary>What is noted, masked.</summary>
    /// <param name="RealName">王**.</param>
    /// <param name="IdKind">The kind of document.</param>
    /// <param name="IdNumber">The number, masked.</param>
    /// <param name="WrittenAt">When.</param>
    public sealed record Response(string RealName, IdDocument IdKind, string IdNumber, DateTimeOffset WrittenAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name, a number of its kind's form, and what the number doesn't say.</summary>
        public Limits()
        {
            RuleFor(r => r.RealName).NotEmpty().MaximumLength(MaxNameLength).WithName("姓名");
            RuleFor(r => r.IdNumber).MaximumLength(40).Must((r, n) => IdNumbers.IsPossible(r.IdKind, IdNumbers.Tidy(n))).WithMessage("证件号不对，请对照证件再看一遍。");
            RuleFor(r => r.BirthDate).NotNull().When(r => !IdNumbers.IsResidents(r.IdKind)).WithMessage("请填写出生日期。");
            RuleFor(r => r.Gender).NotNull().When(r => !IdNumbers.IsResidents(r.IdKind)).WithMessage("请选择性别。");
            RuleFor(r => r.Area).MaximumLength(MaxAreaLength).WithName("居住区域");
            RuleFor(r => r.Skills).MaximumLength(MaxSkillsLength).WithName("专业技能");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPut("/details", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Own(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("writeDetails").WithSummary("补齐志愿者信息");
        community.MapGet("/details", (Caller caller, Handler handler, CancellationToken cancel) => handler.Get(caller.PersonId, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("getDetails").WithSummary("我的志愿者信息");
        community.MapPut("/children/{id:guid}/details", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.OfChild(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("writeChildDetails").WithSummary("补齐孩子的志愿者信息");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook guardians, BirthDates births, IPeople people, IDocumentConsents consents, IAuditLog audit, KeyRing keys, Clock clock)
    {
        /// <summary>What is noted, or <see cref="NotMember"/> and what <see cref="Write"/> refuses.</summary>
        public Task<Result<Response>> Own(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
            await db.Set<Member>().AnyAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel) ? await Write(caller.PersonId, caller.PersonId, body, cancel) : new NotMember(), cancel);

        /// <summary>What is noted, or <see cref="UnknownChild"/> and what <see cref="Write"/> refuses.</summary>
        public Task<Result<Response>> OfChild(Guid memberId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
            (await guardians.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown) ? await Write(minor.Id, caller.PersonId, body, cancel) : unknown, cancel);

        /// <summary>What is noted, masked, or <see cref="DetailsNeeded"/>.</summary>
        public async Task<Result<Response>> Get(Guid person, CancellationToken cancel) =>
            await db.Set<PersonDetails>().AsNoTracking().FirstOrDefaultAsync(d => d.PersonId == person, cancel) is { } details ? Show(details) : new DetailsNeeded();

        /// <summary><see cref="BirthDateImpossible"/>, <see cref="BirthDateDiffers"/>, <see cref="ConsentNeeded"/>, <see cref="IdNumberTaken"/>, or a document to accept.</summary>
        private async Task<Result<Response>> Write(Guid person, Guid writer, Request body, CancellationToken cancel)
        {
            if (await consents.Missing(writer, cancel) is { } missing)
                return missing;
            var number = IdNumbers.Tidy(body.IdNumber);
            var said = IdNumbers.IsResidents(body.IdKind) ? IdNumbers.BirthOf(number) : body.BirthDate;
            if (said is not { } birth || !Ages.IsPossible(birth, guardians.Today))
                return new BirthDateImpossible();
            if ((body.BirthDate is { } typed && typed != birth) || await births.Say(person, birth, cancel) is not null)
                return new BirthDateDiffers();
            await db.SaveChangesAsync(cancel);
            if (await people.MayTakePart(person, guardians.Today, cancel) is { } refusal)
                return refusal;
            var hashes = keys.Candidates(PersonDetails.IdNumberScope, PersonDetails.Hashed(body.IdKind, number));
            if (await db.Set<PersonDetails>().AnyAsync(d => d.PersonId != person && hashes.Contains(d.IdNumberHash), cancel))
                return new IdNumberTaken();
            var details = await db.Set<PersonDetails>().FirstOrDefaultAsync(d => d.PersonId == person, cancel);
            if (details is null)
                db.Add(details = new PersonDetails { CommunityId = db.Scope.CommunityId, PersonId = person, RealName = "", IdNumber = "", IdNumberHash = "", Gender = "" });
            Fill(details, body, number);
            audit.Write("details.written", "details", person);
            return Show(details);
        }

        private void Fill(PersonDetails details, Request body, string number)
        {
            var gender = IdNumbers.IsResidents(body.IdKind) ? IdNumbers.GenderOf(number) : body.Gender!.Value;
            details.IdKind = body.IdKind;
            details.IdNumberHash = keys.KeyedHash(PersonDetails.IdNumberScope, PersonDetails.Hashed(body.IdKind, number));
            details.RealName = Seal(body.RealName, "real_name")!;
            details.IdNumber = Seal(number, "id_number")!;
            details.Gender = Seal(gender.ToString(), "gender")!;
            details.Area = Seal(body.Area, "area");
            details.Skills = Seal(body.Skills, "skills");
            details.WrittenAt = clock.Now;

            string? Seal(string? text, string column) => string.IsNullOrWhiteSpace(text) ? null : keys.Encrypt(text.Trim(), PersonDetails.Place(details.CommunityId, details.PersonId, column));
        }

        private Response Show(PersonDetails details) =>
            new(IdNumbers.MaskName(details.Open(keys, "real_name")!), details.IdKind, IdNumbers.Mask(details.Open(keys, "id_number")!), details.WrittenAt);
    }
}
