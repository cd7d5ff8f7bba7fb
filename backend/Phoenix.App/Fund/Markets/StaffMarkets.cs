using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Fund.Markets;

/// <summary>Markets as staff see them, the latest first: where each stands, what was pledged, what came.</summary>
public static class StaffMarkets
{
    /// <summary>A market.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Description">What it is about.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Address">Where.</param>
    /// <param name="MaxStalls">Places.</param>
    /// <param name="IsTextHeld">Whether its text waits for a look.</param>
    /// <param name="Note">Why it was cancelled, or settled with less.</param>
    /// <param name="Version">The version to name in an edit.</param>
    /// <param name="Applied">Applications that wait.</param>
    /// <param name="Approved">Stalls that were approved.</param>
    /// <param name="Undeclared">Of those, the ones without takings.</param>
    /// <param name="TakingsFen">What was declared, in fen.</param>
    /// <param name="PledgedFen">What of it is pledged, in fen.</param>
    /// <param name="ReceivedFen">What came into the fund by receipts, in fen.</param>
    /// <param name="PeopleServed">People served at 便民 booths.</param>
    public sealed record Detail(
        Guid Id, MarketState State, string Title, string Description, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address, int MaxStalls, bool IsTextHeld, string? Note, int Version,
        int Applied, int Approved, int Undeclared, long TakingsFen, long PledgedFen, long ReceivedFen, int PeopleServed);

    private sealed record Cursor(DateTimeOffset StartsAt, Guid Id);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/markets", List)
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
            .WithName("listStaffMarkets").WithSummary("集市（工作人员）");
        community.MapGet("/staff/markets/{id:guid}", (Guid id, Reader reader, CancellationToken cancel) => reader.Get(id, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
            .WithName("getStaffMarket").WithSummary("集市详情（工作人员）");
    }

    private static async Task<Results<Ok<Page<Detail>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] string? state, PhoenixDb db, Reader reader, CancellationToken cancel)
    {
        if (!page.Read<Cursor?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var markets = db.Set<Market>().AsNoTracking();
        if (state is not null)
        {
            if (!Enum.TryParse<MarketState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return new Refusal(new BadParameter());
            markets = markets.Where(m => m.State == wanted);
        }

        if (at.After is { } after)
        {
            var (start, id) = (after.StartsAt, after.Id);
            markets = markets.Where(m => m.StartsAt < start || (m.StartsAt == start && m.Id.CompareTo(id) < 0));
        }

        var rows = await markets.OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(await reader.Show(rows, cancel), at.Limit, d => new Cursor(d.StartsAt, d.Id)));
    }

    /// <summary>Puts the figures of the stalls to markets.</summary>
    internal sealed class Reader(PhoenixDb db, MarketBook book)
    {
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel) =>
            await db.Set<Market>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel) is { } market ? await Show(market, cancel) : new UnknownMarket();

        public async Task<Detail> Show(Market market, CancellationToken cancel) => (await Show([market], cancel))[0];

        public async Task<IReadOnlyList<Detail>> Show(IReadOnlyList<Market> markets, CancellationToken cancel)
        {
            var ids = markets.Select(m => m.Id).ToList();
            var stalls = (await db.Set<MarketStall>().AsNoTracking().Where(s => ids.Contains(s.MarketId) && (s.State == StallState.Applied || s.State == StallState.Approved))
                .GroupBy(s => new { s.MarketId, s.State })
                .Select(g => new
                {
                    g.Key.MarketId,
                    g.Key.State,
                    Count = g.Count(),
                    Undeclared = g.Count(s => s.DeclaredAt == null),
                    Takings = g.Sum(s => s.TakingsFen) ?? 0,
                    Pledged = g.Sum(s => s.PledgedFen) ?? 0,
                    Served = g.Sum(s => s.PeopleServed) ?? 0,
                }).ToListAsync(cancel)).ToLookup(s => s.MarketId);
            var received = await book.Received.Where(e => ids.Contains(e.MarketId!.Value)).GroupBy(e => e.MarketId!.Value).Select(g => new { g.Key, Fen = g.Sum(e => e.AmountFen) }).ToDictionaryAsync(g => g.Key, g => g.Fen, cancel);
            return [.. markets.Select(m =>
            {
                var (applied, approved) = (stalls[m.Id].FirstOrDefault(s => s.State == StallState.Applied), stalls[m.Id].FirstOrDefault(s => s.State == StallState.Approved));
                return new Detail(
                    m.Id, m.State, m.Title, m.Description, m.StartsAt, m.EndsAt, m.Address, m.MaxStalls, m.IsTextHeld, m.Note, m.Version,
                    applied?.Count ?? 0, approved?.Count ?? 0, approved?.Undeclared ?? 0, approved?.Takings ?? 0, approved?.Pledged ?? 0, received.GetValueOrDefault(m.Id), approved?.Served ?? 0);
            })];
        }
    }
}
