using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>The versions of a merchant's terms, newest first: for staff, treasurer and auditor, and for the merchant's own owners. Nobody else sees a rate.</summary>
public static class ListAgreements
{
    /// <summary>Versions shown at most.</summary>
    public const int MaxShown = 100;

    /// <summary>A version.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Version">Counted from 1.</param>
    /// <param name="FenPerCoin">What a coin is worth in the settlement, in fen.</param>
    /// <param name="FundSharePercent">How much of it the fund pays.</param>
    /// <param name="MonthlyCapFen">The most of a month, in fen; null for no cap.</param>
    /// <param name="StartsOn">The first day.</param>
    /// <param name="EndsOn">The last day; null for no end.</param>
    /// <param name="Paper">The number of the signed paper.</param>
    /// <param name="SignedAt">When the treasurer signed it; null where not.</param>
    /// <param name="ApprovalId">The proposal on which the treasurer decides or decided.</param>
    public sealed record Item(Guid Id, int Version, long FenPerCoin, int FundSharePercent, long? MonthlyCapFen, DateOnly StartsOn, DateOnly? EndsOn, string Paper, DateTimeOffset? SignedAt, Guid ApprovalId);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/merchants/{id:guid}/agreements", (
            Guid id, Caller caller, PhoenixDb db, MerchantBook book, CancellationToken cancel) => Run(id, caller, db, book, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner)
        .WithName("listAgreements").WithSummary("商家签约协议");

    internal static Item Show(MerchantAgreement a, Guid approval) => new(a.Id, a.Version, a.FenPerCoin, a.FundSharePercent, a.MonthlyCapFen, a.StartsOn, a.EndsOn, a.Paper, a.SignedAt, approval);

    private static async Task<Result<IReadOnlyList<Item>>> Run(Guid id, Caller caller, PhoenixDb db, MerchantBook book, CancellationToken cancel)
    {
        var isTheirs = caller.Is(Role.Staff) || caller.Is(Role.Treasurer) || caller.Is(Role.Auditor) || await book.Place(id, caller.PersonId, cancel) is { Post: MerchantPost.Owner };
        if (!isTheirs || !await db.Set<Merchant>().AnyAsync(m => m.Id == id, cancel))
            return new UnknownMerchant();
        var versions = await db.Set<MerchantAgreement>().AsNoTracking().Where(a => a.MerchantId == id).OrderByDescending(a => a.Version).Take(MaxShown).ToListAsync(cancel);
        return versions.Select(a => Show(a, a.ApprovalId)).ToArray();
    }
}
