using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>
/// What residents will read of an activity is checked before it can be published: by WeChat at once; what WeChat can't judge waits, as a draft, for a person
/// other than its author.
/// </summary>
internal sealed class ActivityTexts(PhoenixDb db, IContentCheck check) : IReviewedContent
{
    /// <summary>The kind's stable name.</summary>
    public const string Name = "activity";

    /// <inheritdoc />
    public string Kind => Name;

    /// <summary>Whether the texts must wait for a person's look; refused where they may not be shown at all. Calls WeChat: outside any transaction.</summary>
    public async Task<Result<bool>> Judge(Guid author, ActivityForm form, CancellationToken cancel) =>
        (await check.Text(author, ContentScene.Forum, Texts(form), cancel)).Map(outcome => outcome == ContentOutcome.Review);

    /// <summary>Notes on the activity whether its texts wait, and puts them before a person if they do.</summary>
    public async Task Keep(Activity activity, bool isHeld, Guid author, CancellationToken cancel)
    {
        activity.IsTextHeld = isHeld;
        if (isHeld)
            await check.KeepForReview(new TextReview(Name, activity.Id, author, $"{activity.Title}\n{activity.Description}"), cancel);
    }

    /// <inheritdoc />
    public async Task Decided(ContentDecision decision, CancellationToken cancel)
    {
        if (decision.MayBeShown && await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == decision.Subject, cancel) is { } activity)
            activity.IsTextHeld = false;
    }

    private static string[] Texts(ActivityForm form) => [form.Title, form.Description, form.Risks ?? "", form.Insurance ?? "", form.OrganiserName ?? "", form.HostedBy ?? "", form.GuidedBy ?? "", form.RunBy ?? ""];
}
