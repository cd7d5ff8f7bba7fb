using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>Anybody with a number checks a certificate (令67 art 17), in the mini program or on a plain page; what is shown is what the holder chose.</summary>
public static class VerifyCertificate
{
    /// <summary>A record, without what isn't needed to believe it.</summary>
    /// <param name="Day">The day.</param>
    /// <param name="ActivityName">The activity.</param>
    /// <param name="Content">What was done.</param>
    /// <param name="Minutes">Minutes given.</param>
    /// <param name="Organiser">The organising unit.</param>
    public sealed record Line(DateOnly Day, string ActivityName, string Content, int Minutes, string Organiser);

    /// <summary>What anybody may know.</summary>
    /// <param name="Number">The number.</param>
    /// <param name="IsValid">Whether it counts: every record on it stands as it was.</param>
    /// <param name="Words">The same in a sentence.</param>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Holder">The name, whole or only the family name; empty once the account is closed.</param>
    /// <param name="From">The period's first day.</param>
    /// <param name="To">The period's last day.</param>
    /// <param name="IssuedOn">The day on which it was issued.</param>
    /// <param name="Issuer">出具单位.</param>
    /// <param name="Minutes">Minutes in all.</param>
    /// <param name="Records">Records on it.</param>
    /// <param name="Lines">The records; empty where the holder didn't want them shown, or it doesn't count.</param>
    public sealed record Response(
        string Number, bool IsValid, string Words, CertificateKind Kind, string Holder, DateOnly From, DateOnly To, DateOnly IssuedOn, string Issuer, int Minutes, int Records, IReadOnlyList<Line> Lines);

    private static readonly RatePolicy s_checks = new("certificate-checks", 60, TimeSpan.FromMinutes(1));

    /// <summary>The route for programs.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/certificates/{number}/verification", Answer)
        .AllowAnyone()
        .WithMetadata(new RateLimit(s_checks))
        .WithName("verifyCertificate").WithSummary("核验证明");

    /// <summary>The page for people.</summary>
    public static void MapPage(IEndpointRouteBuilder site) => site.MapGet($"/verify/{{{AccessGate.CommunityRouteValue}}}/{{number}}", Page)
        .AllowAnyone()
        .WithMetadata(new RateLimit(s_checks))
        .ExcludeFromDescription();

    private static async Task<Results<Ok<Response>, Refusal>> Answer(string number, Reader reader, CancellationToken cancel) =>
        await reader.Find(number, cancel) is { } found ? TypedResults.Ok(found) : new Refusal(new UnknownCertificate());

    private static async Task<ContentHttpResult> Page(string number, Reader reader, HttpResponse response, CancellationToken cancel)
    {
        var found = await reader.Find(number, cancel);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(VerifyPage.Of(found), "text/html; charset=utf-8", statusCode: found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    /// <summary>Looks a certificate up.</summary>
    public sealed class Reader(PhoenixDb db, CertificateBook book, KeyRing keys, ICommunityCalendar calendar)
    {
        /// <summary>What anybody may know of it; null for none. Typed numbers may be in small letters.</summary>
        public async Task<Response?> Find(string number, CancellationToken cancel)
        {
            var typed = number.Trim().ToUpper(CultureInfo.InvariantCulture);
            if (typed.Length != Certificate.NumberLength || await db.Set<Certificate>().AsNoTracking().FirstOrDefaultAsync(c => c.Number == typed, cancel) is not { } found)
                return null;
            var isValid = (await book.Revoked([found.Number], cancel)).Count == 0;
            var lines = found.ShowLines && isValid ? await book.Lines(found.Number, cancel) : [];
            return new Response(
                found.Number,
                isValid,
                isValid ? "真实有效：编号、时长与社区的记录一致。" : "已失效：其中有服务记录被更正或作废，请以持有人重新开具的证明为准。",
                found.Kind,
                Shown(found.OpenName(keys), found.ShowName),
                found.FirstDay,
                found.LastDay,
                calendar.Time.DayOf(found.IssuedAt),
                found.Issuer,
                found.Minutes,
                found.LineCount,
                [.. lines.Select(r => new Line(r.Day, r.ActivityName, r.Content, r.Minutes, r.Organiser))]);
        }

        private static string Shown(string? name, bool whole)
        {
            if (name is null || whole)
                return name ?? "";
            var first = StringInfo.GetNextTextElement(name);
            return first + new string('*', Math.Clamp(new StringInfo(name).LengthInTextElements - 1, 1, 3));
        }
    }
}
