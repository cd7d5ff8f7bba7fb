using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Bookkeeping;

/// <summary>Anybody reads where the journal stood at each month's end: who notes a head can prove later that nothing before it was changed.</summary>
public static class ListMonthHeads
{
    /// <summary>A month's head.</summary>
    /// <param name="Month">The month's first day.</param>
    /// <param name="Head"><c>seq:hash</c>, as <c>phoenix verify --since</c> takes it.</param>
    /// <param name="Signed">The text that is signed (UTF-8).</param>
    /// <param name="Signature">ECDSA P-256 over SHA-256 of it, 64 bytes r‖s, base64.</param>
    /// <param name="PublicKey">SubjectPublicKeyInfo in DER, base64, as <c>phoenix verify --key</c> takes it.</param>
    /// <param name="SealedAt">When it was signed.</param>
    public sealed record Item(DateOnly Month, string Head, string Signed, string Signature, string PublicKey, DateTimeOffset SealedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/journal/month-heads", Run)
        .AllowAnyone()
        .WithName("listMonthHeads").WithSummary("每月账本封存值");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<DateOnly?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var before = at.After ?? DateOnly.MaxValue;
        var rows = await db.Set<MonthHead>().AsNoTracking().Where(h => h.Month < before).OrderByDescending(h => h.Month).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Month));
    }

    private static Item Show(MonthHead head) => new(
        head.Month,
        $"{head.Seq}:{head.Hash}",
        System.Text.Encoding.UTF8.GetString(MonthHead.Signed(head.CommunityId, head.Month, head.Seq, head.Hash)),
        Convert.ToBase64String(head.Signature),
        Convert.ToBase64String(head.PublicKey),
        head.SealedAt);
}
