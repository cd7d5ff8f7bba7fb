using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Fund.Markets;

/// <summary>What residents will read of a market is checked before it can be opened: by WeChat at once; what WeChat can't judge waits for a person other than its author.</summary>
internal sealed class MarketTexts(PhoenixDb db, IContentCheck check) : IReviewedContent
{
    /// <inheritdoc />
    public string Kind => "market";

    /// <summary>Whether the texts must wait for a person's look; refused where they may not be shown at all. Calls WeChat: outside any transaction.</summary>
    public async Task<Result<bool>> Judge(Guid author, MarketForm form, CancellationToken cancel) =>
        (await check.Text(author, ContentScene.Forum, [form.Title, form.Description, form.Address], cancel)).Map(outcome => outcome == ContentOutcome.Review);

    /// <summary>Notes on the market whether its texts wait, and puts them before a person if they do.</summary>
    public async Task Keep(Market market, bool isHeld, Guid author, CancellationToken cancel)
    {
        market.IsTextHeld = isHeld;
        if (isHeld)
            await check.KeepForReview(new TextReview(Kind, market.Id, author, $"{market.Title}\n{market.Description}\n{market.Address}"), cancel);
    }

    /// <inheritdoc />
    public async Task Decided(ContentDecision decision, CancellationToken cancel)
    {
        if (decision.MayBeShown && await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == decision.Subject, cancel) is { } market)
            market.IsTextHeld = false;
    }
}
