using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>
/// Asks WeChat about a picture, by a signed link that expires (it fetches the picture itself), and keeps the trace id that the push will carry. What
/// can't be asked goes to a person at once; what may be asked again is, until <see cref="ContentReview.CheckWithin"/> is over.
/// </summary>
internal sealed class AskAboutPicture(IServiceScopeFactory scopes, PublicAddress address, Clock clock, MiniProgramMeter meter) : IOutboxHandler
{
    public const string MessageKind = "content.picture";

    /// <summary>What the message says.</summary>
    /// <param name="ReviewId">The review.</param>
    public sealed record Payload(Guid ReviewId);

    public string Kind => MessageKind;

    public async Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<Payload>(message.Payload)!.ReviewId;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(message.CommunityId);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        var pending = db.Set<ContentReview>().Where(r => r.Id == id && r.State == ReviewState.Checking && r.TraceId == null);
        if (await pending.AsNoTracking().FirstOrDefaultAsync(cancel) is not { } review)
            return new OutboxResult.Sent();
        if (await scope.ServiceProvider.GetRequiredService<IWeChatUsers>().OpenIdOf(review.AuthorId, cancel) is not { } openId)
            return await ToPerson("no_account");

        var link = scope.ServiceProvider.GetRequiredService<IFileLinks>().Make(message.CommunityId, review.FileId!.Value);
        var picture = new PictureToCheck(openId, review.Scene, new Uri(address.Of(link.Url)));
        if ((await scope.ServiceProvider.GetRequiredService<IWeChatGateway>().CheckPicture(picture, cancel)).TryGet(out var trace, out var refusal))
        {
            var now = clock.Now;
            await pending.ExecuteUpdateAsync(u => u.SetProperty(r => r.TraceId, trace).SetProperty(r => r.AskedAt, now), cancel);
            return new OutboxResult.Sent();
        }

        // Asked twice is harmless: the push with the trace id that we don't know is ignored.
        return refusal is IWeChatError { Retry: WeChatRetry.Later or WeChatRetry.Unknown } ? new OutboxResult.Retry(refusal.Code, refusal.RetryAfter) : await ToPerson(refusal.Code);

        async Task<OutboxResult> ToPerson(string cause)
        {
            meter.Content(cause);
            await pending.ExecuteUpdateAsync(u => u.SetProperty(r => r.State, ReviewState.Waiting).SetProperty(r => r.Cause, cause), cancel);
            return new OutboxResult.Sent();
        }
    }
}
