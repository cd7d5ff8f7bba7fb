using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>The merchant's code for the till, to be printed: it opens the mini program at the merchant's pre-selected offer.</summary>
public static class MerchantCode
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/merchants/{id:guid}/code", Run)
        .RequireRole(Role.MerchantOwner, Role.Staff)
        .WithName("getMerchantCode").WithSummary("本店的小程序码");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(Guid id, Caller caller, PhoenixDb db, MerchantBook book, ICodes codes, CancellationToken cancel)
    {
        var isTheirs = caller.Is(Role.Staff) || await book.Place(id, caller.PersonId, cancel) is { Post: MerchantPost.Owner };
        if (!isTheirs || !await db.Set<Merchant>().AnyAsync(m => m.Id == id && m.State != MerchantState.Left, cancel))
            return new Refusal(new UnknownMerchant());
        return (await codes.MiniProgramCode(FixedCode.Merchant, id, cancel)).TryGet(out var image, out var error) ? TypedResults.File(image.Bytes, image.ContentType) : new Refusal(error);
    }
}
