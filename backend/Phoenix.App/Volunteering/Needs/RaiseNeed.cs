using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Somebody asks for a hand: a resident, a guardian or 家人 for them, or staff for somebody who called or came. Who raised it is kept.</summary>
public static class RaiseNeed
{
    /// <summary>What is asked.</summary>
    /// <param name="Category">Which kind of help.</param>
    /// <param name="Details">What, where, when, whom to call.</param>
    /// <param name="MemberId">Whom it helps; null for oneself, never null for staff.</param>
    /// <param name="IsFirst">高龄或独居.</param>
    public sealed record Request(ImpactCategory Category, NeedDetails Details, Guid? MemberId = null, bool IsFirst = false);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A kind, and the details' own.</summary>
        public Limits()
        {
            RuleFor(r => r.Category).IsInEnum().WithName("哪方面的忙");
            RuleFor(r => r.Details).NotNull().WithName("求助内容");
            RuleFor(r => r.Details).SetValidator(new NeedDetails.Limits());
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/needs", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.ByFamily(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("raiseNeed").WithSummary("求助");
        community.MapPost("/staff/needs", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.ByStaff(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("raiseNeedForElder").WithSummary("替打电话来的居民登记求助");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, KeyRing keys, IPeople people, IContentCheck content, RecordDeadlines deadlines, ICommunityCalendar calendar, NeedNotices notices, NeedReader reader, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>
        /// The need, or <see cref="NeedNotFamily"/>, <see cref="NeedNeedsGuardian"/>, <see cref="TooManyNeeds"/>, <see cref="TooManyNeedsToday"/>, what the child's
        /// consents lack, or what the check of the texts refuses.
        /// </summary>
        public Task<Result<NeedView>> ByFamily(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => Checked(body, requestId, caller, async () =>
        {
            var today = calendar.Time.DayOf(clock.Now);
            if ((await people.MinorsAmong([caller.PersonId], today, cancel)).Count > 0)
                return new NeedNeedsGuardian();
            if (!(await Helped(body.MemberId, caller, cancel)).TryGet(out var helped, out var stranger))
                return stranger;
            if (await people.MayTakePart(helped, today, cancel) is { } unfit)
                return unfit;
            var start = calendar.Time.StartOf(today);
            if (await db.Set<Need>().CountAsync(n => n.RaisedBy == caller.PersonId && n.Source != NeedSource.Staff && n.RaisedAt >= start, cancel) >= Need.MaxPerDay)
                return new TooManyNeedsToday();
            return await Add(body, helped, caller.PersonId, helped == caller.PersonId ? NeedSource.Self : NeedSource.Family, cancel);
        }, cancel);

        /// <summary>The need, or <see cref="NeedMemberUnknown"/>, <see cref="TooManyNeeds"/>, or what the check of the texts refuses.</summary>
        public Task<Result<NeedView>> ByStaff(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => Checked(body, requestId, caller, async () =>
        {
            var head = body.MemberId is { } member ? (await people.OfMembers([member], cancel)).GetValueOrDefault(member) : null;
            if (head is not { HasLeft: false })
                return new NeedMemberUnknown();
            return await Add(body, head.PersonId, caller.PersonId, NeedSource.Staff, cancel);
        }, cancel);

        private async Task<Result<NeedView>> Checked(Request body, RequestId requestId, Caller caller, Func<Task<Result<NeedView>>> add, CancellationToken cancel)
        {
            if (await work.Before<NeedView>(requestId, cancel) is { } before)
                return before;
            // Staff read it before any volunteer does: what WeChat can't judge is theirs to judge.
            var d = body.Details;
            if ((await content.Text(caller.PersonId, ContentScene.Comment, [d.What, d.Address, d.When, d.ContactName ?? ""], cancel)).Error is { } risky)
                return risky;
            return await work.Once<NeedView>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                return await add();
            }, cancel);
        }

        private async Task<Result<Guid>> Helped(Guid? memberId, Caller caller, CancellationToken cancel)
        {
            if (memberId is not { } member)
                return caller.PersonId;
            return (await people.OfMembers([member], cancel)).GetValueOrDefault(member) is { HasLeft: false } head && await people.MayActFor(caller.PersonId, head.PersonId, FamilyRights.SignUp, cancel)
                ? head.PersonId
                : new NeedNotFamily();
        }

        private async Task<Result<NeedView>> Add(Request body, Guid helped, Guid by, NeedSource source, CancellationToken cancel)
        {
            if (await db.Set<Need>().CountAsync(n => n.HelpedId == helped && n.EndedAt == null, cancel) >= Need.MaxOpen)
                return new TooManyNeeds();
            var now = clock.Now;
            var need = new Need
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                Category = body.Category,
                HelpedId = helped,
                RaisedBy = by,
                Source = source,
                IsFirst = body.IsFirst,
                RaisedAt = now,
                TriageBy = await deadlines.OfTriage(now, cancel),
            };
            need.Seal(keys, body.Details.Trimmed());
            db.Add(need);
            audit.Write("need.raised", $"need:{need.Id:N}", helped);
            await notices.Progress(need, by, null, source == NeedSource.Staff ? "社区已经替您登记" : null, cancel);
            await notices.Staff(need, by, "等受理", cancel);
            return await reader.Show(need, cancel);
        }
    }
}
