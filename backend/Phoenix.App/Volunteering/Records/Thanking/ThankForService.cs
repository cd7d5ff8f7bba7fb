using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Records.Thanking;

/// <summary>
/// A neighbour who was served rates a shift and may add words, once. It earns nobody anything. Those who served see the words (not who wrote them) as soon as
/// they may be shown.
/// </summary>
public static class ThankForService
{
    /// <summary>What is said.</summary>
    /// <param name="Rating">1 to 5.</param>
    /// <param name="Text">Up to 100 characters, or null.</param>
    public sealed record Request(int Rating, string? Text = null);

    /// <summary>What was said.</summary>
    /// <param name="Rating">1 to 5.</param>
    /// <param name="Text">The words.</param>
    /// <param name="IsShown">Whether those who served see the words now; false while somebody must look at them.</param>
    public sealed record Response(int Rating, string? Text, bool IsShown);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A rating, and words of a sane length.</summary>
        public Limits()
        {
            RuleFor(r => r.Rating).InclusiveBetween(1, 5).WithName("评价");
            RuleFor(r => r.Text).MaximumLength(ServiceThanks.MaxTextLength).WithName("感谢的话");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/shifts/{id:guid}/thanks", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("thankForService").WithSummary("评价和感谢");
        community.MapGet("/service-records/{id:guid}/thanks", (Guid id, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel) => Read(id, caller, db, people, cancel).ToHttp())
            .RequireSignedIn()
            .WithName("listThanks").WithSummary("收到的感谢");
    }

    private static async Task<Result<Received>> Read(Guid id, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        var record = await db.Set<ServiceRecord>().AsNoTracking().Where(r => r.RecordId == id).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel);
        if (record is null || !await people.MayActFor(caller.PersonId, record.PersonId, FamilyRights.Notices, cancel))
            return new UnknownRecord();
        if (record.ShiftId is not { } shift)
            return new Received([]);
        var words = await db.Set<ServiceThanks>().Where(t => t.ShiftId == shift && t.IsShown && t.Text != null).OrderByDescending(t => t.Id).Take(PageQuery.MaxLimit).Select(t => t.Text!).ToListAsync(cancel);
        return new Received(words);
    }

    /// <summary>The thanks that somebody received for a record's shift.</summary>
    /// <param name="Words">Newest first, at most 100; without names.</param>
    public sealed record Received(IReadOnlyList<string> Words);

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, Clock clock, IIds ids, IContentCheck content)
    {
        /// <summary>What was said, or <see cref="NothingToThank"/>, <see cref="ServedThemselves"/>, <see cref="ThankedAlready"/>, or the content check's refusal.</summary>
        public async Task<Result<Response>> Run(Guid shift, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            var text = string.IsNullOrWhiteSpace(body.Text) ? null : body.Text.Trim();
            var shown = true;
            if (text is not null)
            {
                if (!(await content.Text(caller.PersonId, ContentScene.Comment, [text], cancel)).TryGet(out var outcome, out var risky))
                    return risky;
                shown = outcome == ContentOutcome.Pass;
            }

            return await work.Once<Response>(requestId, async () =>
            {
                if (!await db.Set<ServiceRecord>().AnyAsync(r => r.ShiftId == shift && r.Ending == null, cancel))
                    return new NothingToThank();
                if (await db.Set<ServiceRecord>().AnyAsync(r => r.ShiftId == shift && r.PersonId == caller.PersonId, cancel))
                    return new ServedThemselves();
                if (await db.Set<ServiceThanks>().AnyAsync(t => t.ShiftId == shift && t.PersonId == caller.PersonId, cancel))
                    return new ThankedAlready();
                var thanks = new ServiceThanks { CommunityId = db.Scope.CommunityId, Id = ids.New(), ShiftId = shift, PersonId = caller.PersonId, Rating = body.Rating, Text = text, IsShown = shown, At = clock.Now };
                db.Add(thanks);
                if (!shown)
                    await content.KeepForReview(new TextReview(ReviewedThanks.KindName, thanks.Id, caller.PersonId, text!), cancel);
                return new Response(thanks.Rating, thanks.Text, thanks.IsShown);
            }, cancel);
        }
    }
}

/// <summary>Staff's decision about words that WeChat couldn't judge.</summary>
internal sealed class ReviewedThanks(PhoenixDb db) : IReviewedContent
{
    public const string KindName = "service-thanks";

    public string Kind => KindName;

    public async Task Decided(ContentDecision decision, CancellationToken cancel)
    {
        if (await db.Set<ServiceThanks>().FirstOrDefaultAsync(t => t.Id == decision.Subject, cancel) is { } thanks)
            thanks.IsShown = decision.MayBeShown;
    }
}

/// <summary>With the account goes what the person wrote; the rating stays under the pseudonym.</summary>
internal sealed class ThanksData(PhoenixDb db) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var mine = await db.Set<ServiceThanks>().AsNoTracking().Where(t => t.PersonId == personId).OrderByDescending(t => t.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return [new PersonalSection("我写的评价和感谢", ["日期", "评价", "感谢的话"], mine.ConvertAll(t => (IReadOnlyList<string>)[$"{t.At:yyyy-MM-dd}", $"{t.Rating}", t.Text ?? ""]))];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure != Departure.Account)
            return;
        foreach (var thanks in await db.Set<ServiceThanks>().Where(t => t.PersonId == personId && t.Text != null).ToListAsync(cancel))
            thanks.Text = null;
    }
}
