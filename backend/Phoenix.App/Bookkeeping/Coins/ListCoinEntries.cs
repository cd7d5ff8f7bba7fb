using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>A member sees every movement of their coins, newest first.</summary>
public static class ListCoinEntries
{
    /// <summary>A movement.</summary>
    /// <param name="Seq">Its place in the community's journal, which the signed heads prove.</param>
    /// <param name="At">When.</param>
    /// <param name="Change">Coins that came (above zero) or went; 0 where they only got a later date.</param>
    /// <param name="Title">What it was: 服务所得.</param>
    /// <param name="Note">What for: 楼栋关怀 2.5 小时; null where nothing was said or it was erased.</param>
    /// <param name="Reference">What it belongs to, for links: <c>record:0198…</c>.</param>
    public sealed record Item(long Seq, DateTimeOffset At, long Change, string Title, string? Note, string Reference);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/coins/entries", (
            [AsParameters] PageQuery page, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(page, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("listCoinEntries").WithSummary("我的凤凰币明细");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, CoinHolders holders, LedgerReads reads)
    {
        /// <summary>A page, <see cref="BadPage"/>, or <see cref="NoMembership"/>.</summary>
        public async Task<Result<Page<Item>>> Run(PageQuery page, Caller caller, CancellationToken cancel)
        {
            if (!page.Read<long?>().TryGet(out var at, out var error))
                return error;
            if (await holders.MemberOf(caller.PersonId, cancel) is not { } member)
                return new NoMembership();
            var entries = await reads.MemberHistory(db.Scope.CommunityId, member, Asset.Coin, at.After, at.Limit + 1, cancel);
            return Page.Of([.. entries.Select(e => new Item(e.Seq, e.At, e.Change, CoinWords.TitleOf(e), e.Text, e.Ref))], at.Limit, i => i.Seq);
        }
    }
}
