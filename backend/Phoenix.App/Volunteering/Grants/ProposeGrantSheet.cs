using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>
/// Staff propose grants for many from a sheet (志愿者编号, 枚数, 事由, 依据): each row is checked, and only a sheet without a bad row is taken, as a whole. A dry
/// run tells the same without taking it. The same sheet is taken once.
/// </summary>
public static class ProposeGrantSheet
{
    private const string Number = "志愿者编号", CoinCount = "枚数", Reason = "事由", Evidence = "依据";

    /// <summary>A row that can't be taken.</summary>
    /// <param name="Row">As Excel counts.</param>
    /// <param name="Why">In words.</param>
    public sealed record BadRow(int Row, string Why);

    /// <summary>What came of it.</summary>
    /// <param name="ApprovalId">The proposal that the treasurer decides; null in a dry run, or with bad rows.</param>
    /// <param name="Members">Good rows.</param>
    /// <param name="Coins">Their coins.</param>
    /// <param name="Bad">Rows to be mended first.</param>
    public sealed record Response(Guid? ApprovalId, int Members, long Coins, IReadOnlyList<BadRow> Bad);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/grants/sheets", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithMetadata(new BodyLimit(Sheet.MaxFormBytes), new RateLimit(RateLimits.Uploads))
        .DisableAntiforgery()
        .WithName("proposeGrantSheet").WithSummary("用表格申报表扬发放");

    private static async Task<Results<Ok<Response>, Refusal>> Run(
        IFormFile file, [FromQuery] bool? dryRun, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return await handler.Run(bytes.ToArray(), dryRun ?? false, requestId, caller, cancel).ToHttp();
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GrantBook book, IPeople people)
    {
        /// <summary>What came of it, or <see cref="GrantSheetSize"/>, <see cref="GrantSheetKnown"/>, what <see cref="Sheet.Read"/> or <see cref="GrantBook.Propose"/> refuses.</summary>
        public async Task<Result<Response>> Run(byte[] bytes, bool dryRun, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (!Sheet.Read(bytes, [Number, CoinCount, Reason, Evidence]).TryGet(out var rows, out var error))
                return error;
            if (rows.Length is 0 or > GrantBatch.MaxGrants)
                return new GrantSheetSize();
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return await work.Once<Response>(requestId, () => Take(rows, hash, dryRun, caller, cancel), cancel);
        }

        private async Task<Result<Response>> Take(SheetRow[] rows, string hash, bool dryRun, Caller caller, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await book.IsKnown(hash, cancel))
                return new GrantSheetKnown();
            var volunteers = await people.OfVolunteers([.. rows.Select(r => r[Number])], cancel);
            var (bad, lines, seen) = (new List<BadRow>(), new List<GrantLine>(), new HashSet<(Guid, string)>());
            foreach (var row in rows)
                if (Fault(row, volunteers, caller.PersonId, out var line) is { } fault)
                    bad.Add(new BadRow(row.Number, fault));
                else if (!seen.Add((line!.Member.MemberId, line.Reason)))
                    bad.Add(new BadRow(row.Number, "这个人同一件事在表里出现了两次。"));
                else
                    lines.Add(line);
            var coins = lines.Sum(l => l.Coins);
            if (dryRun || bad.Count > 0)
                return new Response(null, lines.Count, coins, bad);
            return (await book.Propose(lines, hash, caller.PersonId, cancel)).TryGet(out var batch, out var error) ? new Response(batch.ApprovalId, lines.Count, coins, bad) : error;
        }

        private static string? Fault(SheetRow row, IReadOnlyDictionary<string, MemberHead> volunteers, Guid maker, out GrantLine? line)
        {
            line = null;
            if (!volunteers.TryGetValue(row[Number], out var member) || member.HasLeft)
                return "没有找到这个志愿者编号。";
            if (member.PersonId == maker)
                return "不能给自己申报表扬。";
            if (!long.TryParse(row[CoinCount], NumberStyles.None, CultureInfo.InvariantCulture, out var coins) || coins is < 1 or > Grant.MaxCoins)
                return string.Create(CultureInfo.InvariantCulture, $"枚数要填 1 到 {Grant.MaxCoins} 的整数。");
            if (row[Reason].Length is < 2 or > Grant.MaxReasonLength)
                return string.Create(CultureInfo.InvariantCulture, $"事由要写 2 到 {Grant.MaxReasonLength} 个字。");
            if (row[Evidence].Length is < 2 or > Grant.MaxEvidenceLength)
                return string.Create(CultureInfo.InvariantCulture, $"依据要写 2 到 {Grant.MaxEvidenceLength} 个字。");
            line = new GrantLine(row.Number, member, coins, row[Reason], row[Evidence]);
            return null;
        }
    }
}
