using Phoenix.App.Http;

namespace Phoenix.App.Fund;

/// <summary>Staff see the fund beside what is owed and promised.</summary>
public static class GetFund
{
    /// <summary>The fund.</summary>
    /// <param name="CashFen">What is in it.</param>
    /// <param name="Position">Beside what is owed; null while no policy is set.</param>
    public sealed record Response(long CashFen, FundPosition? Position);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/fund", async (FundBook book, CancellationToken cancel) =>
        {
            var position = await book.Position(cancel);
            return TypedResults.Ok(new Response(await book.CashFen(cancel), position.IsOk ? position.Value : null));
        })
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
        .WithName("getFund").WithSummary("社区基金");
}
