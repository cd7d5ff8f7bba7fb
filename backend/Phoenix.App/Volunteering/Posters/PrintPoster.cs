using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Papers;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>An activity's A4 poster with its code, to be printed and put up.</summary>
public static class PrintPoster
{
    private static readonly RatePolicy s_printing = new("posters", 20, TimeSpan.FromMinutes(1));

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/activities/{id:guid}/poster", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithMetadata(new RateLimit(s_printing))
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
        .WithName("getActivityPoster").WithSummary("打印活动海报（PDF）");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(
        Guid id, Caller caller, PhoenixDb db, PosterDesk desk, ICodes codes, CoinRuleBook rules, ICommunities communities, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!(await desk.Find(id, caller, cancel)).TryGet(out var found, out var error))
            return new Refusal(error);
        if (!(await codes.MiniProgramCode(FixedCode.Activity, id, cancel)).TryGet(out var image, out error))
            return new Refusal(error);
        var (place, (activity, shifts)) = (db.Scope.CommunityId, found);
        var sheet = new PosterSheet(
            await communities.NameOf(place, cancel), await communities.PhoneOf(place, cancel), activity.Title, PosterWords.Rows(activity, shifts, await rules.All(cancel), calendar.Time), image.Bytes);
        return PaperPrinter.Print($"{activity.Title} 海报", id.ToString("N"), clock.Now, sheet.Write, foot: null) is { } pdf
            ? TypedResults.File(pdf, "application/pdf", $"{activity.Title} 海报.pdf")
            : new Refusal(new PosterUnprintable());
    }
}
