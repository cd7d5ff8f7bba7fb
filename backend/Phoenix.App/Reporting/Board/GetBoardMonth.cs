using Phoenix.App.Http;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Reporting.Board;

/// <summary>公示: a month with its kinds of help.</summary>
public static class GetBoardMonth
{
    /// <summary>The earliest year that is asked for: before it there was no such thing.</summary>
    public const int FirstYear = 2020;

    /// <summary>A kind of help.</summary>
    /// <param name="Kind">In words: 一老一小.</param>
    /// <param name="Minutes">Service that was recorded, in minutes.</param>
    /// <param name="PeopleServed">People served.</param>
    public sealed record Help(string Kind, long Minutes, long PeopleServed);

    /// <summary>The month.</summary>
    /// <param name="Figures">Its figures.</param>
    /// <param name="Help">Its kinds of help, those with at least five people.</param>
    public sealed record Response(BoardMonth Figures, IReadOnlyList<Help> Help);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/board/months/{month}", (
            string month, BoardReader board, IServiceFigures service, CancellationToken cancel) => Run(month, board, service, cancel).ToHttp())
        .AllowAnyone().WithMetadata(new RateLimit(BoardReader.Limit)).WithName("getBoardMonth").WithSummary("公示：一个月");

    private static async Task<Result<Response>> Run(string month, BoardReader board, IServiceFigures service, CancellationToken cancel)
    {
        if (Month.Parse(month) is not { } asked || asked.Year < FirstYear || asked > board.Latest)
            return new BoardMonthUnknown();
        if (await board.Between(asked, asked, cancel) is not [var figures])
            return new BoardMonthUnknown();
        return new Response(figures, [.. (await service.KindsOf(asked, cancel)).Select(k => new Help(k.Kind, k.Minutes, k.PeopleServed))]);
    }
}
