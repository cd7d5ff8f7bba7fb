using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Province;

/// <summary>
/// The exported sheet comes back with the province's numbers: each row is checked, and only a sheet without a bad row is taken, as a whole. A dry run tells the
/// same without taking it. A record with a number is entered.
/// </summary>
public static class ImportNumbers
{
    /// <summary>A row that can't be taken.</summary>
    /// <param name="Row">As Excel counts.</param>
    /// <param name="Reason">Why, in words.</param>
    public sealed record BadRow(int Row, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="Taken">Whether the sheet was taken; never in a dry run, nor with bad rows.</param>
    /// <param name="New">Rows with a number that isn't known yet.</param>
    /// <param name="Known">Rows whose number is known already.</param>
    /// <param name="Empty">Rows without a number, passed over.</param>
    /// <param name="Bad">Rows to be mended first.</param>
    public sealed record Response(bool Taken, int New, int Known, int Empty, IReadOnlyList<BadRow> Bad);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/service-records/province/numbers", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithMetadata(new BodyLimit(Sheet.MaxFormBytes), new RateLimit(RateLimits.Uploads))
        .DisableAntiforgery()
        .WithName("importNumbers").WithSummary("导入省系统编号");

    private static async Task<Results<Ok<Response>, Refusal>> Run(
        IFormFile file, [FromQuery] bool? dryRun, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return await handler.Run(bytes.ToArray(), dryRun ?? false, requestId, caller, cancel).ToHttp();
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IAuditLog audit, Clock clock)
    {
        /// <summary>What came of it, or what <see cref="Sheet.Read"/> refuses.</summary>
        public async Task<Result<Response>> Run(byte[] bytes, bool dryRun, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (!Sheet.Read(bytes, [ProvinceSheet.RecordColumn, ProvinceSheet.NumberColumn]).TryGet(out var rows, out var error))
                return error;
            return await work.Once<Response>(requestId, () => Take(rows, dryRun, caller, cancel), cancel);
        }

        private async Task<Result<Response>> Take(SheetRow[] rows, bool dryRun, Caller caller, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var filled = rows.Where(r => r[ProvinceSheet.NumberColumn].Length > 0).ToList();
            var found = await Find(filled, cancel);
            var (bad, news, seen) = (new List<BadRow>(), new List<(Found Record, string Number)>(), new HashSet<Guid>());
            var known = 0;
            foreach (var row in filled)
            {
                var number = row[ProvinceSheet.NumberColumn];
                var record = Guid.TryParseExact(row[ProvinceSheet.RecordColumn], "N", out var id) ? found.Records.GetValueOrDefault(id) : null;
                if (Fault(number, record, found.Holders, seen) is { } fault)
                    bad.Add(new BadRow(row.Number, fault));
                else if (record!.Entry?.Number is not null)
                    known++;
                else
                {
                    found.Holders[number] = record.Id;
                    news.Add((record, number));
                }
            }

            var taken = !dryRun && bad.Count == 0;
            if (taken)
                Write(news, caller.PersonId);
            return new Response(taken, news.Count, known, rows.Length - filled.Count, bad);
        }

        private async Task<(Dictionary<Guid, Found> Records, Dictionary<string, Guid> Holders)> Find(List<SheetRow> rows, CancellationToken cancel)
        {
            var ids = rows.Select(r => Guid.TryParseExact(r[ProvinceSheet.RecordColumn], "N", out var id) ? id : Guid.Empty).Distinct().ToArray();
            var numbers = rows.Select(r => r[ProvinceSheet.NumberColumn]).Distinct(StringComparer.Ordinal).ToArray();
            var records = await db.Set<ServiceRecord>().AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, Stands = r.Ending == null }).ToListAsync(cancel);
            var entries = await db.Set<ProvinceEntry>().Where(e => ids.Contains(e.VersionId)).ToDictionaryAsync(e => e.VersionId, cancel);
            var holders = await db.Set<ProvinceEntry>().AsNoTracking().Where(e => e.Number != null && numbers.Contains(e.Number)).ToDictionaryAsync(e => e.Number!, e => e.VersionId, StringComparer.Ordinal, cancel);
            return (records.ToDictionary(r => r.Id, r => new Found(r.Id, r.Stands, entries.GetValueOrDefault(r.Id))), holders);
        }

        private void Write(List<(Found Record, string Number)> news, Guid by)
        {
            foreach (var (record, number) in news)
                if (record.Entry is { } entry)
                    entry.Number = number;
                else
                    db.Add(new ProvinceEntry { CommunityId = db.Scope.CommunityId, VersionId = record.Id, EnteredBy = by, EnteredAt = clock.Now, Number = number });
            audit.Write("records.numbered", $"records:{news.Count}");
        }

        private static string? Fault(string number, Found? record, Dictionary<string, Guid> holders, HashSet<Guid> seen)
        {
            if (number.Length > ProvinceEntry.MaxNumberLength)
                return $"省系统编号超过 {ProvinceEntry.MaxNumberLength} 个字。";
            if (record is null)
                return "没有找到这个记录编号，请不要改动导出的这一列。";
            if (!record.Stands)
                return "这条记录已更正或作废，请重新导出。";
            if (!seen.Add(record.Id))
                return "这个记录编号在表里出现了两次。";
            if (record.Entry?.Number is { } other && !other.Equals(number, StringComparison.Ordinal))
                return $"这条记录已有省系统编号 {other}，请核对。";
            return holders.TryGetValue(number, out var holder) && holder != record.Id ? "这个省系统编号已经用在另一条记录上，请核对。" : null;
        }

        private sealed record Found(Guid Id, bool Stands, ProvinceEntry? Entry);
    }
}
