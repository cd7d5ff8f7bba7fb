using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>The certificates that the caller holds or asked for, newest first, each with whether it still counts.</summary>
public static class ListMyCertificates
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/certificates/mine", Run)
        .RequireSignedIn()
        .WithName("listMyCertificates").WithSummary("我的证明");

    private static async Task<Results<Ok<Page<CertificateView>>, Refusal>> Run([AsParameters] PageQuery page, Caller caller, PhoenixDb db, CertificateBook book, CancellationToken cancel)
    {
        if (!page.Read<Cursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        var mine = db.Set<Certificate>().AsNoTracking().Where(c => c.PersonId == caller.PersonId || c.AskedBy == caller.PersonId);
        if (at.After is { IssuedAt: var issued, Number: var number })
            mine = mine.Where(c => c.IssuedAt < issued || c.IssuedAt == issued && string.Compare(c.Number, number) < 0);
        var rows = await mine.OrderByDescending(c => c.IssuedAt).ThenByDescending(c => c.Number).Take(at.Limit + 1).ToListAsync(cancel);
        var revoked = await book.Revoked(rows.ConvertAll(c => c.Number), cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(c => CertificateView.Of(c, book.VerifyUrl(c.Number), !revoked.Contains(c.Number))), at.Limit, c => new Cursor(c.IssuedAt, c.Number)));
    }

    private sealed record Cursor(DateTimeOffset IssuedAt, string Number);
}
