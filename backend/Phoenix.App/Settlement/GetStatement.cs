using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Redemption;
using Phoenix.App.Settlement.Closing;
using Phoenix.App.Community;
using Phoenix.Platform.Results;

namespace Phoenix.App.Settlement;

/// <summary>A statement with its sums, its doubts, and its lines page by page; and the figures of a chart.</summary>
public static class GetStatement
{
    /// <summary>What lines of one kind and one version of the terms make.</summary>
    /// <param name="Kind">What they are.</param>
    /// <param name="Version">The version of the terms; null for what has none.</param>
    /// <param name="Paper">The number of the signed paper.</param>
    /// <param name="FenPerCoin">What a coin is worth by them, in fen.</param>
    /// <param name="FundSharePercent">How much of it the fund pays, in percent.</param>
    /// <param name="IsCarried">Whether an earlier statement had them first.</param>
    /// <param name="Lines">How many.</param>
    /// <param name="Coins">Their coins.</param>
    /// <param name="Fen">Their fen.</param>
    public sealed record Part(LineKind Kind, int? Version, string? Paper, long? FenPerCoin, int? FundSharePercent, bool IsCarried, int Lines, long Coins, long Fen);

    /// <summary>A word about a doubt.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="IsMerchant">Whether the merchant said it; otherwise the community.</param>
    /// <param name="Text">What.</param>
    /// <param name="Picture">A link to the picture; null for none.</param>
    /// <param name="At">When.</param>
    public sealed record Word(Guid Id, bool IsMerchant, string Text, string? Picture, DateTimeOffset At);

    /// <summary>A doubt.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Source">Whose.</param>
    /// <param name="Kind">The line's kind.</param>
    /// <param name="Seq">The line's number.</param>
    /// <param name="Coins">The line's coins.</param>
    /// <param name="Fen">The line's fen.</param>
    /// <param name="State">What was answered.</param>
    /// <param name="AskedAt">Since when.</param>
    /// <param name="AnswerBy">By when staff answer.</param>
    /// <param name="AnsweredAt">When they did.</param>
    /// <param name="CorrectionFen">What the next month puts right, in fen.</param>
    /// <param name="IsMovedOut">Whether the line was moved out of this statement.</param>
    /// <param name="Words">What was said, in order.</param>
    public sealed record Doubt(
        Guid Id, DoubtSource Source, LineKind Kind, long Seq, long Coins, long Fen, DoubtState State, DateTimeOffset AskedAt, DateOnly? AnswerBy, DateTimeOffset? AnsweredAt, long CorrectionFen, bool IsMovedOut, IReadOnlyList<Word> Words);

    /// <summary>A statement.</summary>
    /// <param name="Head">As in the list.</param>
    /// <param name="IsSilenceConsent">Whether silence after <see cref="ListStatements.Item.ConfirmBy"/> counts as a yes.</param>
    /// <param name="AnswerWithinDays">Within how many working days a doubt is answered, by the policy it was sent under.</param>
    /// <param name="PayableCoins">Coins without lines in doubt.</param>
    /// <param name="PayableFen">Fen without lines in doubt.</param>
    /// <param name="LedgerCoins">The merchant's coins in the ledger at the end of the month.</param>
    /// <param name="Parts">The sums, by kind and terms.</param>
    /// <param name="Doubts">The doubts, oldest first.</param>
    public sealed record Response(
        ListStatements.Item Head, bool IsSilenceConsent, int AnswerWithinDays, long PayableCoins, long PayableFen, long LedgerCoins, IReadOnlyList<Part> Parts, IReadOnlyList<Doubt> Doubts);

    /// <summary>A line.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Seq">Its number; with the kind it names the line.</param>
    /// <param name="Day">The day of the exchange.</param>
    /// <param name="Number">The daily number; 0 for what isn't an exchange.</param>
    /// <param name="Title">The item's name, or what it is.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Coins">Coins; below zero where they went back.</param>
    /// <param name="FenPerCoin">What a coin was worth, in fen.</param>
    /// <param name="FundSharePercent">How much of it the fund pays, in percent.</param>
    /// <param name="Fen">The fund's part, in fen; below zero where it takes away.</param>
    /// <param name="At">When.</param>
    /// <param name="FromMonth">The month of the statement that moved it out: 2026-10; null for none.</param>
    public sealed record Line(LineKind Kind, long Seq, DateOnly Day, int Number, string Title, int Quantity, long Coins, long FenPerCoin, int FundSharePercent, long Fen, DateTimeOffset At, string? FromMonth);

    /// <summary>A bar of the chart.</summary>
    /// <param name="Day">The day.</param>
    /// <param name="Captures">How many exchanges.</param>
    /// <param name="Coins">Their coins.</param>
    /// <param name="Fen">Their fen.</param>
    public sealed record Bar(DateOnly Day, int Captures, long Coins, long Fen);

    /// <summary>A part of the chart.</summary>
    /// <param name="Title">The item.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Coins">Their coins.</param>
    public sealed record Slice(string Title, int Quantity, long Coins);

    /// <summary>The figures of a chart: the month's exchanges.</summary>
    /// <param name="Days">By day; a day without any is absent.</param>
    /// <param name="Items">By item, at most <see cref="MaxSlices"/>, most coins first.</param>
    public sealed record Chart(IReadOnlyList<Bar> Days, IReadOnlyList<Slice> Items);

    /// <summary>Most items of a chart.</summary>
    public const int MaxSlices = 20;

    private sealed record Key(LineKind Kind, long Seq);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/statements/{id:guid}", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Show(id, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner)
            .WithName("getStatement").WithSummary("对账单");
        community.MapGet("/statements/{id:guid}/lines", Lines)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner)
            .WithName("listStatementLines").WithSummary("对账单明细");
        community.MapGet("/statements/{id:guid}/chart", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Draw(id, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner)
            .WithName("getStatementChart").WithSummary("对账单图表数据");
    }

    private static async Task<Results<Ok<Page<Line>>, Refusal>> Lines(Guid id, [AsParameters] PageQuery page, Caller caller, StatementDesk desk, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Key>().TryGet(out var at, out var error) || !(await desk.Find(id, caller, cancel)).TryGet(out _, out error))
            return new Refusal(error);
        var rows = db.Set<StatementLine>().AsNoTracking().Where(l => l.StatementId == id);
        if (at.After is { } after)
            rows = rows.Where(l => l.Kind > after.Kind || (l.Kind == after.Kind && l.Seq > after.Seq));
        var found = await rows.OrderBy(l => l.Kind).ThenBy(l => l.Seq).Take(at.Limit + 1).ToListAsync(cancel);
        var from = found.Where(l => l.FromStatementId is not null).Select(l => l.FromStatementId!.Value).Distinct().ToList();
        var months = await db.Set<Statement>().AsNoTracking().Where(s => from.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Month.ToString(), cancel);
        return TypedResults.Ok(Page.Of(found.ConvertAll(l => Show(l, l.FromStatementId is { } f ? months[f] : null)), at.Limit, l => new Key(l.Kind, l.Seq)));
    }

    /// <summary>A line as it is shown.</summary>
    internal static Line Show(StatementLine l, string? fromMonth) => new(l.Kind, l.Seq, l.Day, l.Number, l.Title, l.Quantity, l.Coins, l.FenPerCoin, l.FundSharePercent, l.Fen, l.At, fromMonth);

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, StatementDesk desk, DoubtBook doubts, IMerchantDirectory merchants, IExchangeLines exchanges, IFileLinks links, ICommunityCalendar calendar)
    {
        /// <summary>The statement, or <see cref="UnknownStatement"/>.</summary>
        public async Task<Result<Response>> Show(Guid id, Caller caller, CancellationToken cancel)
        {
            if (!(await desk.Find(id, caller, cancel)).TryGet(out var statement, out var error))
                return error;
            var merchant = (await merchants.Of([statement.MerchantId], cancel))[statement.MerchantId].Name;
            var (coins, fen, _) = await doubts.Out(id, cancel);
            var policy = await SettlementPolicy.Of(statement, db, cancel);
            return new Response(
                ListStatements.Show(statement, merchant), policy.IsSilenceConsent, policy.AnswerWithinDays, statement.FinalCoins ?? statement.TotalCoins - coins, statement.FinalFen ?? statement.TotalFen - fen, statement.LedgerCoins,
                await Parts(id, cancel), await Doubts(id, cancel));
        }

        /// <summary>The figures of the chart, or <see cref="UnknownStatement"/>.</summary>
        public async Task<Result<Chart>> Draw(Guid id, Caller caller, CancellationToken cancel)
        {
            if (!(await desk.Find(id, caller, cancel)).TryGet(out _, out var error))
                return error;
            var captures = db.Set<StatementLine>().AsNoTracking().Where(l => l.StatementId == id && l.Kind == LineKind.Capture && l.FromStatementId == null);
            var days = await captures.GroupBy(l => l.Day).OrderBy(g => g.Key).Select(g => new Bar(g.Key, g.Count(), g.Sum(l => l.Coins), g.Sum(l => l.Fen))).ToListAsync(cancel);
            var items = await captures.GroupBy(l => l.Title).Select(g => new { g.Key, Quantity = g.Sum(l => l.Quantity), Coins = g.Sum(l => l.Coins) }).OrderByDescending(g => g.Coins).ThenBy(g => g.Key).Take(MaxSlices).ToListAsync(cancel);
            return new Chart(days, items.ConvertAll(g => new Slice(g.Key, g.Quantity, g.Coins)));
        }

        /// <summary>The sums of a statement.</summary>
        internal async Task<IReadOnlyList<Part>> Parts(Guid id, CancellationToken cancel)
        {
            var sums = await new LineCopy(db, calendar.Time).Sums([id], cancel);
            var terms = await exchanges.Terms([.. sums.Where(s => s.AgreementId is not null).Select(s => s.AgreementId!.Value).Distinct()], cancel);
            return [.. sums.Select(s => (Sum: s, Terms: s.AgreementId is { } a ? terms[a] : null)).OrderBy(s => s.Sum.IsCarried).ThenBy(s => s.Sum.Kind).ThenBy(s => s.Terms?.Version)
                .Select(s => new Part(s.Sum.Kind, s.Terms?.Version, s.Terms?.Paper, s.Terms?.FenPerCoin, s.Terms?.FundSharePercent, s.Sum.IsCarried, s.Sum.Lines, s.Sum.Coins, s.Sum.Fen))];
        }

        private async Task<IReadOnlyList<Doubt>> Doubts(Guid id, CancellationToken cancel)
        {
            var rows = await db.Set<LineDispute>().AsNoTracking().Where(d => d.StatementId == id).OrderBy(d => d.Id).ToListAsync(cancel);
            var ids = rows.ConvertAll(d => d.Id);
            var words = (await db.Set<DisputeWord>().AsNoTracking().Where(w => ids.Contains(w.DisputeId)).OrderBy(w => w.Id).ToListAsync(cancel)).ToLookup(w => w.DisputeId);
            return rows.ConvertAll(d => new Doubt(
                d.Id, d.Source, d.Kind, d.Seq, d.Coins, d.Fen, d.State, d.AskedAt, d.AnswerBy, d.AnsweredAt, d.CorrectionFen, d.MovedAt is not null,
                [.. words[d.Id].Select(w => new Word(w.Id, w.IsMerchant, w.Text, w.FileId is { } file ? links.Make(w.CommunityId, file).Url : null, w.SaidAt))]));
        }
    }
}
