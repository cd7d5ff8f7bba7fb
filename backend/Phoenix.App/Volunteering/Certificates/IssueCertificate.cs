using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>
/// The holder, or a guardian, asks for a certificate of the records in a period, of all or of chosen ones, and says what the public page may show. Free
/// (令67 art 14); the same content has the same number, however often it is asked for.
/// </summary>
public static class IssueCertificate
{
    /// <summary>Days that a certificate may span.</summary>
    public const int MaxDays = 3_660;

    /// <summary>What is asked for.</summary>
    /// <param name="From">The period's first day.</param>
    /// <param name="To">The period's last day.</param>
    /// <param name="Kind">The kind.</param>
    /// <param name="RecordIds">Only these records; null for all in the period.</param>
    /// <param name="ShowName">Whether the public page shows the whole name; otherwise only the family name.</param>
    /// <param name="ShowLines">Whether the public page shows the records; otherwise only the total.</param>
    /// <param name="MemberId">For whom, where that is a child or somebody the caller may act for in everything.</param>
    /// <param name="School">For a school's form: the school and class, at most 60 characters.</param>
    public sealed record Request(
        DateOnly From, DateOnly To, CertificateKind Kind = CertificateKind.Standard, IReadOnlyList<Guid>? RecordIds = null, bool ShowName = false, bool ShowLines = true, Guid? MemberId = null,
        string? School = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A period, and lists and texts of a sane length.</summary>
        public Limits()
        {
            RuleFor(r => r.To).Must((r, to) => to >= r.From && to.DayNumber - r.From.DayNumber <= MaxDays).WithMessage("结束日期要在开始日期之后，最长十年。");
            RuleFor(r => r.RecordIds).Must(ids => ids is null or { Count: > 0 and <= Certificate.MaxLines }).WithMessage("请选 1 到 300 条记录。");
            RuleFor(r => r.School).MaximumLength(Certificate.MaxNameLength).WithName("学校班级");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/certificates", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("issueCertificate").WithSummary("开具志愿服务记录证明");

    /// <summary>Does it.</summary>
    public sealed class Handler(
        PhoenixDb db, UnitOfWork work, IPeople people, ILawfulDetails details, CertificateBook book, KeyRing keys, RandomCodes codes, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>
        /// The certificate, or <see cref="UnknownRecord"/> (somebody else's), what <see cref="IPeople.DetailsMissing"/> refuses, <see cref="CertificatesNotSetUp"/>,
        /// <see cref="NothingToCertify"/>, <see cref="RecordNotInPeriod"/>, <see cref="TooManyToCertify"/>.
        /// </summary>
        public Task<Result<CertificateView>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<CertificateView>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var holder = body.MemberId is { } member ? (await people.OfMembers([member], cancel)).GetValueOrDefault(member)?.PersonId : caller.PersonId;
            if (holder is not { } person || !await people.MayActFor(caller.PersonId, person, FamilyRights.All, cancel))
                return new UnknownRecord();
            if (await people.DetailsMissing(person, cancel) is { } missing)
                return missing;
            if (await db.Set<CertificateSettings>().AsNoTracking().FirstOrDefaultAsync(cancel) is not { } settings)
                return new CertificatesNotSetUp();
            if (!(await Records(body, person, cancel)).TryGet(out var records, out var error))
                return error;
            var named = (await details.Of([person], cancel))[person];
            var (certificate, isNew) = await FindOrIssue(body, person, caller.PersonId, settings, named, records, cancel);
            if (isNew)
                db.AddRange(records.Select((r, i) => new CertificateLine { CommunityId = r.CommunityId, Number = certificate.Number, Position = i + 1, VersionId = r.Id }));
            return CertificateView.Of(certificate, book.VerifyUrl(certificate.Number), isValid: true);
        }, cancel);

        private async Task<Result<List<ServiceRecord>>> Records(Request body, Guid person, CancellationToken cancel)
        {
            var (from, to) = (body.From, body.To);
            var found = db.Set<ServiceRecord>().AsNoTracking().Where(r => r.PersonId == person && r.Ending == null && r.Day >= from && r.Day <= to);
            var chosen = body.RecordIds?.Distinct().ToList();
            if (chosen is not null)
                found = found.Where(r => chosen.Contains(r.RecordId));
            var records = await found.OrderBy(r => r.StartAt).Take(Certificate.MaxLines + 1).ToListAsync(cancel);
            if (chosen is not null && records.Count < chosen.Count)
                return new RecordNotInPeriod();
            if (records.Count == 0)
                return new NothingToCertify();
            return records.Count > Certificate.MaxLines ? new TooManyToCertify() : records;
        }

        private async Task<(Certificate Certificate, bool IsNew)> FindOrIssue(
            Request body, Guid person, Guid askedBy, CertificateSettings settings, LawfulDetails holder, List<ServiceRecord> records, CancellationToken cancel)
        {
            var hash = CertificateBook.Hash(person, body, settings, records.Select(r => r.Id));
            foreach (var before in await db.Set<Certificate>().Where(c => c.ContentHash == hash).ToListAsync(cancel))
                if (holder.RealName.Equals(before.OpenName(keys), StringComparison.Ordinal) && holder.MaskedIdNumber.Equals(before.OpenIdNumber(keys), StringComparison.Ordinal))
                    return (before, false);
            var now = clock.Now;
            var letters = codes.Letters(12);
            var number = $"{calendar.Time.DayOf(now).Year:D4}-{letters[..4]}-{letters[4..8]}-{letters[8..]}";
            var certificate = new Certificate
            {
                CommunityId = db.Scope.CommunityId,
                Number = number,
                PersonId = person,
                AskedBy = askedBy,
                Kind = body.Kind,
                FirstDay = body.From,
                LastDay = body.To,
                HolderName = keys.Encrypt(holder.RealName, Certificate.Place(db.Scope.CommunityId, number, "holder_name")),
                IdNumber = keys.Encrypt(holder.MaskedIdNumber, Certificate.Place(db.Scope.CommunityId, number, "id_number")),
                ContentHash = hash,
                School = string.IsNullOrWhiteSpace(body.School) ? null : body.School.Trim(),
                ShowName = body.ShowName,
                ShowLines = body.ShowLines,
                Issuer = settings.Issuer,
                PersonInCharge = settings.PersonInCharge,
                Handler = settings.Handler,
                SealFileId = settings.SealFileId,
                IssuedAt = now,
                Minutes = records.Sum(r => r.Minutes),
                LineCount = records.Count,
            };
            db.Add(certificate);
            return (certificate, true);
        }
    }
}
