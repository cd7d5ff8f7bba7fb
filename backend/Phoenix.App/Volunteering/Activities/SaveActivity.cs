using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>
/// Staff write an activity: everything while it is a draft. Once it is published, its texts change and everybody signed up is told; its budget may only grow,
/// through the fund gate; whether it brings coins, and how it comes about, is fixed.
/// </summary>
public static class SaveActivity
{
    /// <summary>A change.</summary>
    /// <param name="Form">The activity as it is to be.</param>
    /// <param name="Version">The version that was edited.</param>
    public sealed record ChangeRequest(ActivityForm Form, int Version);

    /// <summary>The limits of a change.</summary>
    public sealed class Limits : AbstractValidator<ChangeRequest>
    {
        /// <summary>The form's.</summary>
        public Limits() => RuleFor(r => r.Form).SetValidator(new ActivityForm.Limits());
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/activities", (ActivityForm body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Add(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("addActivity").WithSummary("新建活动草稿");
        community.MapPut("/staff/activities/{id:guid}", (Guid id, ChangeRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Change(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("changeActivity").WithSummary("修改活动");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Promises promises, StaffActivity.Reader reader, ActivityTexts texts, SignupNotices notices, IIds ids, Clock clock)
    {
        /// <summary>The draft, or <see cref="UnknownTeam"/>, <see cref="UnknownStation"/>, <see cref="UnknownPost"/>, or what the check of its texts refuses.</summary>
        public async Task<Result<StaffActivity.Detail>> Add(ActivityForm form, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<StaffActivity.Detail>(requestId, cancel) is { } before)
                return before;
            if (!(await texts.Judge(caller.PersonId, form, cancel)).TryGet(out var isHeld, out var risky))
                return risky;
            return await work.Once<StaffActivity.Detail>(requestId, async () =>
            {
                var activity = new Activity
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = ids.New(),
                    Title = form.Title,
                    Description = form.Description,
                    CreatedBy = caller.PersonId,
                    CreatedAt = clock.Now,
                    Version = 1,
                };
                if (await Fill(activity, form, cancel) is { } refusal)
                    return refusal;
                await texts.Keep(activity, isHeld, caller.PersonId, cancel);
                db.Add(activity);
                return await reader.Show(activity, cancel);
            }, cancel);
        }

        /// <summary>The activity, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="ActivityFinished"/>, <see cref="ActivityFixed"/>, and as for a new one.</summary>
        public async Task<Result<StaffActivity.Detail>> Change(Guid id, ChangeRequest body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<StaffActivity.Detail>(requestId, cancel) is { } before)
                return before;
            if (!(await texts.Judge(caller.PersonId, body.Form, cancel)).TryGet(out var isHeld, out var risky))
                return risky;
            return await work.Once<StaffActivity.Detail>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                    return new UnknownActivity();
                if (activity.Version != body.Version)
                    return new StaleEdit();
                var refusal = activity.State switch
                {
                    ActivityState.Draft => await Fill(activity, body.Form, cancel),
                    ActivityState.Published when isHeld => new TextUnjudged(),
                    ActivityState.Published => await ChangePublished(activity, body.Form, cancel),
                    _ => new ActivityFinished(),
                };
                if (refusal is not null)
                    return refusal;
                activity.Version++;
                await texts.Keep(activity, isHeld, caller.PersonId, cancel);
                return await reader.Show(activity, cancel);
            }, cancel);
        }

        private async Task<Error?> Fill(Activity activity, ActivityForm form, CancellationToken cancel)
        {
            form.ApplyTexts(activity);
            (activity.Kind, activity.OrganiserKind, activity.OrganiserId, activity.PostId) = (form.Kind, form.OrganiserKind, form.OrganiserId, form.PostId);
            (activity.IsHoursOnly, activity.BudgetCoins, activity.NeedsApproval) = (form.IsHoursOnly, form.BudgetCoins, form.NeedsApproval);
            if (form.PostId is { } post && !await db.Set<Post>().AnyAsync(p => p.Id == post && !p.IsArchived, cancel))
                return new UnknownPost();
            (activity.OrganiserName, var known) = form.OrganiserKind switch
            {
                OrganiserKind.Community => (null, true),
                OrganiserKind.Team => await Name(db.Set<Team>().Where(t => t.Id == form.OrganiserId && !t.IsArchived).Select(t => t.Name), cancel),
                OrganiserKind.Station => await Name(db.Set<Station>().Where(s => s.Id == form.OrganiserId && !s.IsArchived).Select(s => s.Name), cancel),
                _ => (form.OrganiserName!.Trim(), true),
            };
            if (known)
                return null;
            return form.OrganiserKind == OrganiserKind.Team ? new UnknownTeam() : new UnknownStation();
        }

        private async Task<Error?> ChangePublished(Activity activity, ActivityForm form, CancellationToken cancel)
        {
            var isFixed = (form.Kind, form.PostId, form.OrganiserKind, form.OrganiserId, form.IsHoursOnly, form.NeedsApproval)
                == (activity.Kind, activity.PostId, activity.OrganiserKind, activity.OrganiserId, activity.IsHoursOnly, activity.NeedsApproval);
            if (!isFixed || form.BudgetCoins < activity.BudgetCoins || form.BudgetCoins is null != activity.BudgetCoins is null)
                return new ActivityFixed();
            form.ApplyTexts(activity);
            if (PublishActivity.MissingTexts(activity) is { Count: > 0 } missing)
                return new ActivityIncomplete { Fields = missing };
            activity.BudgetCoins = form.BudgetCoins;
            var shifts = await promises.ShiftsOf(activity.Id, cancel);
            if (await promises.Renew(activity, shifts, cancel) is { } refusal)
                return refusal;
            foreach (var shift in shifts.Where(s => s.State == ShiftState.Open && s.EndsAt > clock.Now))
                await notices.Changed(activity, shift, shift.StartsAt, cancel);
            return null;
        }

        private static async Task<(string? Name, bool IsKnown)> Name(IQueryable<string> names, CancellationToken cancel) =>
            await names.FirstOrDefaultAsync(cancel) is { } name ? (name, true) : (null, false);
    }
}
