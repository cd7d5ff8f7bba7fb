using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.Platform.Keys;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>Staff and social workers see what waits for their decision, oldest first.</summary>
public static class ListReviews
{
    /// <summary>Something to look at.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Of which module.</param>
    /// <param name="Subject">On what.</param>
    /// <param name="Text">The text; null for a picture.</param>
    /// <param name="Picture">The picture; null for a text.</param>
    /// <param name="Cause">Why a person must look: <c>review</c>, <c>late</c>, or what WeChat answered.</param>
    /// <param name="CreatedAt">When it was submitted.</param>
    /// <param name="IsOwn">Whether the caller wrote it, and so can't decide.</param>
    public sealed record Item(Guid Id, string Kind, Guid Subject, string? Text, FileLink? Picture, string? Cause, DateTimeOffset CreatedAt, bool IsOwn);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/content-reviews", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("listContentReviews").WithSummary("待人工审核的内容");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, Caller caller, PhoenixDb db, KeyRing keys, IFileLinks links, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var reviews = db.Set<ContentReview>().AsNoTracking().Where(r => r.State == ReviewState.Waiting);
        if (at.After is { } after)
            reviews = reviews.Where(r => r.Id.CompareTo(after) > 0);
        var rows = await reviews.OrderBy(r => r.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of([.. rows.Select(r => new Item(
            r.Id, r.Kind, r.Subject,
            r.Text is null ? null : keys.Decrypt(r.Text, ContentReview.TextPlace(r.Id)),
            r.FileId is { } file ? links.Make(r.CommunityId, file) : null,
            r.Cause, r.CreatedAt, r.AuthorId == caller.PersonId))], at.Limit, i => i.Id));
    }
}
