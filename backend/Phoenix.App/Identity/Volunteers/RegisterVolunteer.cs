using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Volunteers;

/// <summary>A member registers as a volunteer and gets a number.</summary>
public static class RegisterVolunteer
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/volunteer", (
            RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("registerVolunteer").WithSummary("注册成为志愿者");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IDocumentConsents consents, IPeople people, ICommunityCalendar calendar, RandomCodes codes, Clock clock)
    {
        /// <summary>The card, <see cref="NotMember"/>, <see cref="AlreadyVolunteer"/>, or the refusal of <see cref="IDocumentConsents.Missing"/>.</summary>
        public Task<Result<VolunteerCard>> Run(RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<VolunteerCard>(requestId, async () =>
            {
                if (await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId, cancel) is not { } member)
                    return new NotMember();
                if (await db.Set<Volunteer>().AnyAsync(v => v.PersonId == caller.PersonId, cancel))
                    return new AlreadyVolunteer();
                if (await consents.Missing(caller.PersonId, cancel) is { } refusal)
                    return refusal;
                if (await people.MayTakePart(caller.PersonId, calendar.Time.DayOf(clock.Now), cancel) is { } minor)
                    return minor;
                var now = clock.Now;
                var year = calendar.Time.DayOf(now).Year.ToString("D4", CultureInfo.InvariantCulture);
                var volunteer = new Volunteer { CommunityId = db.Scope.CommunityId, PersonId = caller.PersonId, Number = year + codes.Digits(Volunteer.RandomDigits), RegisteredAt = now };
                db.Add(volunteer);
                if (!await db.Set<RoleGrant>().AnyAsync(g => g.PersonId == caller.PersonId && g.Role == Role.Volunteer, cancel))
                    db.Add(new RoleGrant { CommunityId = db.Scope.CommunityId, PersonId = caller.PersonId, Role = Role.Volunteer, GrantedAt = now });
                return new VolunteerCard(volunteer.Number, member.DisplayName, now);
            }, cancel);
    }
}
