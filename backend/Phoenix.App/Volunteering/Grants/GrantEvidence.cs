using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>What stands behind 表扬发放, for an auditor: the reason, the evidence, and the two people.</summary>
internal sealed class GrantEvidence(PhoenixDb db, IApprovals approvals, IPeople people) : IPostingEvidence
{
    private const string Prefix = "grant:";

    public async Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var reference in references.Where(r => r.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var parts = reference.Split(':');
            if (parts is not [_, var batchText, var rowText] || !Guid.TryParseExact(batchText, "N", out var id) || !int.TryParse(rowText, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
                continue;
            if (await db.Set<Grant>().AsNoTracking().FirstOrDefaultAsync(g => g.BatchId == id && g.Row == row, cancel) is not { } grant)
                continue;
            var batch = await db.Set<GrantBatch>().AsNoTracking().SingleAsync(b => b.Id == id, cancel);
            found[reference] = new Evidence($"表扬发放：{grant.Reason}",
            [
                new("给谁", Who: grant.MemberId),
                new("多少", string.Create(CultureInfo.InvariantCulture, $"{grant.Coins} 枚")),
                new("依据", grant.Evidence),
                new("经办", batch.FileHash is { } hash ? $"表格导入，文件指纹 {hash[..8]}" : "逐人填写", batch.CreatedAt, batch.MakerId),
                new("复核", At: batch.GivenAt, Who: await approvals.CheckerOf(batch.ApprovalId, cancel)),
            ],
            (await people.OfMembers([grant.MemberId], cancel)).GetValueOrDefault(grant.MemberId)?.PersonId);
        }

        return found;
    }
}
