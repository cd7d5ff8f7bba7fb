using Phoenix.App.Http;
using Phoenix.App.Settlement;

namespace Phoenix.App.Reporting.Board;

/// <summary>公示: what the fund has paid to merchants in all. Of the fund as a whole, and on a page of its own: no coin stands beside it (hard rule 4).</summary>
public static class GetBoardFund
{
    /// <summary>From how many statements on sums are told: of one the sum is a merchant's.</summary>
    public const int FewestStatements = 2;

    /// <summary>The fund's payments.</summary>
    /// <param name="Statements">How many statements were paid.</param>
    /// <param name="PaidFen">What was paid for them, in fen; null for too few.</param>
    public sealed record Response(int Statements, long? PaidFen);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/board/fund", async (ISettledFigures settled, CancellationToken cancel) =>
        {
            var totals = await settled.Totals(cancel);
            var statements = totals.Months.Sum(m => m.Payments);
            return TypedResults.Ok(new Response(statements, statements < FewestStatements ? null : totals.PaidFen));
        })
        .AllowAnyone().WithMetadata(new RateLimit(BoardReader.Limit)).WithName("getBoardFund").WithSummary("公示：基金结算");
}
