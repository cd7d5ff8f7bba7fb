using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Growth;

/// <summary>Staff enter trainings and awards and void mistakes; the volunteer sees them beside the records.</summary>
public static class VolunteerEntries
{
    /// <summary>A training or an award.</summary>
    /// <param name="MemberId">Whose.</param>
    /// <param name="Kind">Which of the two.</param>
    /// <param name="Day">The day, not after today.</param>
    /// <param name="Title">Which, 2 to 60 characters.</param>
    /// <param name="Giver">Who trained or awarded, 2 to 60 characters.</param>
    /// <param name="Minutes">Minutes of a training, 1 to 6000; null for an award.</param>
    public sealed record Request(Guid MemberId, VolunteerEntryKind Kind, DateOnly Day, string Title, string Giver, int? Minutes = null);

    /// <summary>Why it is voided.</summary>
    /// <param name="Reason">2 to 200 characters; the volunteer reads it.</param>
    public sealed record Voiding(string Reason);

    /// <summary>An entry.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Which of the two.</param>
    /// <param name="Day">The day.</param>
    /// <param name="Title">Which.</param>
    /// <param name="Giver">Who trained or awarded.</param>
    /// <param name="Minutes">Minutes of a training.</param>
    /// <param name="VoidReason">Why it doesn't stand any more; null while it does.</param>
    public sealed record Item(Guid Id, VolunteerEntryKind Kind, DateOnly Day, string Title, string Giver, int? Minutes, string? VoidReason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Texts, and minutes for a training only.</summary>
        public Limits(Clock clock)
        {
            RuleFor(r => r.Title).NotEmpty().MinimumLength(2).MaximumLength(VolunteerEntry.MaxTextLength).WithName("名称");
            RuleFor(r => r.Giver).NotEmpty().MinimumLength(2).MaximumLength(VolunteerEntry.MaxTextLength).WithName("单位");
            RuleFor(r => r.Day).Must(day => day.Year >= 2000 && day <= CommunityTime.Shanghai.DayOf(clock.Now)).WithMessage("日期不能晚于今天。");
            RuleFor(r => r.Minutes).Must((r, minutes) => r.Kind == VolunteerEntryKind.Training ? minutes is >= 1 and <= 6_000 : minutes is null).WithMessage("培训请填时长（分钟），表彰不用填。");
        }
    }

    /// <summary>The limits of a voiding.</summary>
    public sealed class VoidingLimits : AbstractValidator<Voiding>
    {
        /// <summary>A reason.</summary>
        public VoidingLimits() => RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).MaximumLength(ServiceRecord.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/volunteer-entries", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Enter(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("addVolunteerEntry").WithSummary("登记培训或表彰");
        community.MapPost("/volunteer-entries/{id:guid}/voiding", (Guid id, Voiding body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Void(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("voidVolunteerEntry").WithSummary("作废培训或表彰");
        community.MapGet("/volunteer-entries/mine", List)
            .RequireSignedIn()
            .WithName("listMyVolunteerEntries").WithSummary("我的培训和表彰");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List(
        [AsParameters] PageQuery page, [FromQuery] Guid? memberId, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (await people.WhoseRecords(memberId, caller, cancel) is not { } person)
            return new Refusal(new UnknownRecord());
        var mine = db.Set<VolunteerEntry>().AsNoTracking().Where(e => e.PersonId == person);
        if (at.After is { } before)
            mine = mine.Where(e => e.Id.CompareTo(before) < 0);
        var rows = await mine.OrderByDescending(e => e.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Id));
    }

    private static Item Show(VolunteerEntry e) => new(e.Id, e.Kind, e.Day, e.Title, e.Giver, e.Minutes, e.VoidReason);

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, IAuditLog audit, Clock clock, IIds ids)
    {
        /// <summary>The entry, or <see cref="UnknownVolunteer"/>, <see cref="OwnRecord"/>.</summary>
        public Task<Result<Item>> Enter(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            if ((await people.OfMembers([body.MemberId], cancel)).GetValueOrDefault(body.MemberId) is not { HasLeft: false } member)
                return new UnknownVolunteer();
            if (member.PersonId == caller.PersonId)
                return new OwnRecord();
            var entry = new VolunteerEntry
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                PersonId = member.PersonId,
                Kind = body.Kind,
                Day = body.Day,
                Title = body.Title.Trim(),
                Giver = body.Giver.Trim(),
                Minutes = body.Minutes,
                WrittenBy = caller.PersonId,
                WrittenAt = clock.Now,
            };
            db.Add(entry);
            audit.Write("volunteer_entry.added", $"entry:{entry.Id:N}", member.PersonId);
            return Show(entry);
        }, cancel);

        /// <summary>The entry as voided, or <see cref="UnknownVolunteerEntry"/>, <see cref="VolunteerEntryVoided"/>, <see cref="OwnRecord"/>.</summary>
        public Task<Result<Item>> Void(Guid id, Voiding body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<VolunteerEntry>().FirstOrDefaultAsync(e => e.Id == id, cancel) is not { } entry)
                return new UnknownVolunteerEntry();
            if (entry.VoidedAt is not null)
                return new VolunteerEntryVoided();
            if (entry.PersonId == caller.PersonId)
                return new OwnRecord();
            (entry.VoidedAt, entry.VoidedBy, entry.VoidReason) = (clock.Now, caller.PersonId, body.Reason.Trim());
            audit.Write("volunteer_entry.voided", $"entry:{id:N}", entry.PersonId, entry.VoidReason);
            return Show(entry);
        }, cancel);
    }
}
