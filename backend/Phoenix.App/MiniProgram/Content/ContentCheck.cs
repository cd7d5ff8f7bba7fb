using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram.Content;

/// <inheritdoc />
internal sealed class ContentCheck(
    PhoenixDb db, IWeChatGateway weChat, IWeChatUsers accounts, KeyRing keys, OutboxWriter outbox, IIds ids, Clock clock, TimeProvider time, MiniProgramMeter meter) : IContentCheck
{
    /// <summary>How long a person who submits waits for WeChat; after it the text goes to a person.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<Result<ContentOutcome>> Text(Guid author, ContentScene scene, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        var whole = string.Join('\n', texts.Where(t => !string.IsNullOrWhiteSpace(t)));
        if (whole.Length == 0)
            return ContentOutcome.Pass;
        var outcome = await accounts.OpenIdOf(author, cancel) is { } openId ? await Judge(openId, scene, whole, cancel) : "no_account";
        meter.Content(outcome);
        return outcome switch
        {
            "pass" => ContentOutcome.Pass,
            "risky" => new ContentRisky(),
            _ => ContentOutcome.Review,
        };
    }

    public async Task KeepForReview(TextReview review, CancellationToken cancel)
    {
        var now = clock.Now;
        await db.Set<ContentReview>().Where(r => r.Kind == review.Kind && r.Subject == review.Subject && r.FileId == null && r.State == ReviewState.Waiting)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, ReviewState.Superseded).SetProperty(r => r.Text, (string?)null).SetProperty(r => r.DecidedAt, now), cancel);
        var id = ids.New();
        db.Add(new ContentReview
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            Kind = review.Kind,
            Subject = review.Subject,
            AuthorId = review.Author,
            Text = keys.Encrypt(review.Text, ContentReview.TextPlace(id)),
            State = ReviewState.Waiting,
            Cause = "review",
            CreatedAt = now,
        });
    }

    public async Task Picture(PictureReview review, CancellationToken cancel)
    {
        var row = new ContentReview
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            Kind = review.Kind,
            Subject = review.Subject,
            AuthorId = review.Author,
            FileId = review.FileId,
            Scene = review.Scene,
            State = ReviewState.Checking,
            CreatedAt = clock.Now,
        };
        db.Add(row);
        await outbox.Add(db, new OutboxDraft(row.CommunityId, AskAboutPicture.MessageKind, $"{AskAboutPicture.MessageKind}:{row.Id:N}", JsonSerializer.Serialize(new AskAboutPicture.Payload(row.Id)), review.Author), cancel);
    }

    // The worst verdict of the pieces; the code of the first refusal where WeChat couldn't judge one and found nothing worse in those before.
    private async Task<string> Judge(string openId, ContentScene scene, string whole, CancellationToken cancel)
    {
        var pieces = TextPieces.Of(whole).ToList();
        var worst = pieces.Count > TextPieces.Max ? "too_long" : "pass";
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            foreach (var piece in pieces.Take(TextPieces.Max))
            {
                if (!(await weChat.CheckText(new TextToCheck(openId, scene, piece), either.Token)).TryGet(out var verdict, out var refusal))
                    return refusal.Code;
                if (verdict == ContentVerdict.Risky)
                    return "risky";
                if (verdict != ContentVerdict.Pass)
                    worst = "review";
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "late";
        }

        return worst;
    }
}
