using Phoenix.App.Http;

namespace Phoenix.App.Reporting.Board;

/// <summary>公示: the latest months, for the charts.</summary>
public static class ListBoardMonths
{
    /// <summary>The board.</summary>
    /// <param name="Months">The latest twelve at most, earliest first; empty while none is over.</param>
    public sealed record Response(IReadOnlyList<BoardMonth> Months);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/board/months", async (BoardReader board, CancellationToken cancel) =>
        {
            var from = board.Latest;
            for (var i = 1; i < BoardReader.MaxMonths; i++)
                from = from.Previous;
            return TypedResults.Ok(new Response(await board.Between(from, board.Latest, cancel)));
        })
        .AllowAnyone().WithMetadata(new RateLimit(BoardReader.Limit)).WithName("listBoardMonths").WithSummary("公示：近几个月");
}
