using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>The 小结 as who runs the activity sees it.</summary>
/// <param name="ActivityId">The activity.</param>
/// <param name="Title">Its title.</param>
/// <param name="Figures">What is recorded, exactly: for who runs it, not to be passed on.</param>
/// <param name="Missing">What is still to be done before the figures are whole, a sentence each.</param>
/// <param name="Text">The text as it stands, to be read, copied and published.</param>
/// <param name="IsOwn">Whether somebody wrote it; otherwise it follows what is recorded.</param>
/// <param name="Published">What everybody reads; null where nothing was published.</param>
/// <param name="MayPublish">Whether the caller decides what is public: staff do.</param>
/// <param name="Version">Of its last edit; 0 before the first.</param>
public sealed record SummaryDraft(
    Guid ActivityId, string Title, SummaryFigures Figures, IReadOnlyList<string> Missing, string Text, bool IsOwn, PublishedSummary? Published, bool MayPublish, int Version);

/// <summary>A text that was published.</summary>
/// <param name="Text">The text.</param>
/// <param name="At">When.</param>
/// <param name="IsHeld">Whether it waits for a person's look first.</param>
/// <param name="IsCurrent">Whether it is the text as it stands; otherwise it may be published anew.</param>
public sealed record PublishedSummary(string Text, DateTimeOffset At, bool IsHeld, bool IsCurrent);

/// <summary>Activities to those who run them: staff, and who leads one of the shifts.</summary>
internal sealed class SummaryDesk(PhoenixDb db, Leaderships leaderships, SummaryReader reader, ICommunityCalendar calendar)
{
    /// <summary>The activity, or <see cref="UnknownActivity"/> where the caller doesn't run it.</summary>
    public async Task<Result<Activity>> Find(Guid id, Caller caller, CancellationToken cancel) =>
        await leaderships.Run(id, caller, cancel) is { } activity ? activity : new UnknownActivity();

    /// <summary>What there is to sum up, or <see cref="UnknownActivity"/>, <see cref="SummaryOfNothing"/>, <see cref="SummaryOfStanding"/>, <see cref="SummaryTooEarly"/>.</summary>
    public async Task<Result<SummaryMatter>> Gather(Guid id, Caller caller, CancellationToken cancel) =>
        (await Find(id, caller, cancel)).TryGet(out var activity, out var error) ? await reader.Gather(activity, cancel) : error;

    /// <summary>What was decided about the 小结; null where nothing was.</summary>
    public Task<ActivitySummary?> Kept(Guid id, CancellationToken cancel) => db.Set<ActivitySummary>().FirstOrDefaultAsync(s => s.ActivityId == id, cancel);

    /// <summary>The 小结 as it stands.</summary>
    public SummaryDraft Show(SummaryMatter matter, ActivitySummary? kept, Caller caller)
    {
        var text = TextOf(matter, kept);
        return new SummaryDraft(
            matter.Activity.Id, matter.Activity.Title, matter.Figures, matter.Figures.Missing, text, kept?.OwnText is not null,
            kept?.PublishedText is { } published ? new PublishedSummary(published, kept.PublishedAt!.Value, kept.IsHeld, published == text) : null, caller.Is(Role.Staff) || caller.Is(Role.SocialWorker),
            kept?.Version ?? 0);
    }

    /// <summary>Own words, or the automatic ones.</summary>
    public string TextOf(SummaryMatter matter, ActivitySummary? kept) => kept?.OwnText ?? SummaryText.Of(matter, calendar.Time);
}
