using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>
/// Staff add, change and remove shifts. Once the activity is published, a change reaches everybody signed up and passes the fund gate; a shift that has
/// begun doesn't change any more; capacity doesn't go below the places that are taken: the refusal says how many must be moved first.
/// </summary>
public static class SaveShift
{
    /// <summary>A change.</summary>
    /// <param name="Form">The shift as it is to be.</param>
    /// <param name="Version">The version that was edited.</param>
    public sealed record ChangeRequest(ShiftForm Form, int Version);

    /// <summary>The limits of a change.</summary>
    public sealed class Limits : AbstractValidator<ChangeRequest>
    {
        /// <summary>The form's.</summary>
        public Limits() => RuleFor(r => r.Form).SetValidator(new ShiftForm.Limits());
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/activities/{id:guid}/shifts", (Guid id, ShiftForm body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Add(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("addShift").WithSummary("新增时段");
        community.MapPut("/staff/shifts/{id:guid}", (Guid id, ChangeRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Change(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("changeShift").WithSummary("修改时段");
        community.MapDelete("/staff/shifts/{id:guid}", (Guid id, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Remove(id, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("removeShift").WithSummary("删除草稿里的时段");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, IPeople people, Leaderships leaderships, Promises promises, StaffActivity.Reader reader, ShiftPlaces places, SignupNotices notices, NeedShifts needs, IIds ids, Clock clock)
    {
        /// <summary>The activity, or <see cref="UnknownActivity"/>, <see cref="ActivityFinished"/>, <see cref="TooManyShifts"/>, and as for a change.</summary>
        public Task<Result<StaffActivity.Detail>> Add(Guid activityId, ShiftForm form, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == activityId, cancel) is not { } activity)
                return new UnknownActivity();
            if (activity.State is not (ActivityState.Draft or ActivityState.Published))
                return new ActivityFinished();
            if (await db.Set<Shift>().CountAsync(s => s.ActivityId == activityId && s.RotaLineId == null, cancel) >= Shift.MaxPerActivity)
                return new TooManyShifts();
            var shift = new Shift { CommunityId = db.Scope.CommunityId, Id = ids.New(), ActivityId = activityId, Address = form.Address, Version = 0 };
            if (await Fill(activity, shift, form, cancel) is { } refusal)
                return refusal;
            db.Add(shift);
            await leaderships.Sync([shift.LeaderId], cancel);
            return await Finish(activity, shift, cancel) is { } unpaid ? unpaid : await reader.Show(activity, cancel);
        }, cancel);

        /// <summary>
        /// The activity, or <see cref="UnknownShift"/>, <see cref="StaleEdit"/>, <see cref="ActivityFinished"/>, <see cref="ShiftBegun"/>, <see cref="ShiftTimeBad"/>,
        /// <see cref="CapacityTaken"/>, <see cref="UnknownPlace"/>, <see cref="LeaderUnknown"/>, <see cref="CoinRuleMissing"/>, <see cref="OverlapsOthers"/>, or the fund gate's refusal.
        /// </summary>
        public Task<Result<StaffActivity.Detail>> Change(Guid id, ChangeRequest body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.LockShift(id, cancel) is not { } shift || await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == shift.ActivityId, cancel) is not { } activity)
                return new UnknownShift();
            if (shift.Version != body.Version)
                return new StaleEdit();
            if (activity.State is not (ActivityState.Draft or ActivityState.Published) || shift.State != ShiftState.Open)
                return new ActivityFinished();
            if (activity.State == ActivityState.Published && shift.StartsAt <= clock.Now)
                return new ShiftBegun();
            if (body.Form.Capacity < shift.Taken)
                return new CapacityTaken(shift.Taken, shift.Taken - body.Form.Capacity);
            var (leader, day) = (shift.LeaderId, (shift.StartsAt, shift.EndsAt, shift.Address));
            if (await Fill(activity, shift, body.Form, cancel) is { } refusal)
                return refusal;
            if (day.StartsAt != shift.StartsAt || day.EndsAt != shift.EndsAt)
            {
                shift.CoinRuleVersion = null;
                if (await places.Move(shift, cancel) is { } overlap)
                    return overlap;
                await needs.Moved(shift, cancel);
            }

            await leaderships.Sync([leader, shift.LeaderId], cancel);
            if (await Finish(activity, shift, cancel) is { } unpaid)
                return unpaid;
            await places.Settle(activity, shift, cancel);
            if (activity.State == ActivityState.Published)
                await notices.Changed(activity, shift, day.StartsAt, cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        /// <summary>The activity without the shift; only of a draft. <see cref="UnknownShift"/>, <see cref="ActivityFixed"/>.</summary>
        public Task<Result<StaffActivity.Detail>> Remove(Guid id, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Shift>().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } shift)
                return new UnknownShift();
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            if (activity.State != ActivityState.Draft)
                return new ActivityFixed();
            db.Remove(shift);
            await leaderships.Sync([shift.LeaderId], cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        private async Task<Error?> Fill(Activity activity, Shift shift, ShiftForm form, CancellationToken cancel)
        {
            if (form.PlaceId is { } place && !await db.Set<Place>().AnyAsync(p => p.Id == place && !p.IsArchived, cancel))
                return new UnknownPlace();
            var leader = form.LeaderId is { } member ? (await people.OfMembers([member], cancel)).GetValueOrDefault(member) : null;
            if (form.LeaderId is not null && leader is not { HasLeft: false })
                return new LeaderUnknown();
            form.Apply(shift, leader?.PersonId);
            var longest = activity.Kind == ActivityKind.Micro ? Shift.MaxMicroMinutes : Shift.MaxMinutes;
            if (shift.EndsAt - shift.StartsAt < TimeSpan.FromMinutes(Shift.MinMinutes) || shift.EndsAt - shift.StartsAt > TimeSpan.FromMinutes(longest))
                return new ShiftTimeBad(longest);
            if (activity.State == ActivityState.Published && shift.StartsAt <= clock.Now)
                return new ShiftBegun();
            if (activity.State == ActivityState.Published && shift.LeaderId is null)
                return new LeaderUnknown();
            shift.Version++;
            return null;
        }

        private async Task<Error?> Finish(Activity activity, Shift shift, CancellationToken cancel)
        {
            if (activity.State != ActivityState.Published)
                return null;
            if (await promises.Pin(activity, [shift], cancel) is { } missing)
                return missing;
            await db.SaveChangesAsync(cancel);
            return await promises.Renew(activity, await promises.ShiftsOf(activity.Id, cancel), cancel);
        }
    }
}
