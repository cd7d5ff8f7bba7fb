using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Volunteers;

/// <summary>A volunteer's own card.</summary>
public static class GetVolunteerCard
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/volunteer", (
            Caller caller, PhoenixDb db, CancellationToken cancel) => Run(caller, db, cancel).ToHttp())
        .RequireRole(Role.Volunteer)
        .WithName("getVolunteerCard").WithSummary("我的电子志愿者证");

    private static async Task<Result<VolunteerCard>> Run(Caller caller, PhoenixDb db, CancellationToken cancel)
    {
        var card = await db.Set<Volunteer>().Where(v => v.PersonId == caller.PersonId)
            .Join(db.Set<Member>(), v => v.PersonId, m => m.PersonId, (v, m) => new VolunteerCard(v.Number, m.DisplayName, v.RegisteredAt))
            .FirstOrDefaultAsync(cancel);
        if (card is null)
            return new NotVolunteer();
        return card;
    }
}
