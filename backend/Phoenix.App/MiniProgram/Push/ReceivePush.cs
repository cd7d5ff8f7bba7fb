using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Push;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>
/// WeChat tells us something (WeChat: 消息推送, message-push): it is stored and answered <c>success</c> at once, and acted on by <see cref="HandlePushes"/>.
/// A refusal is answered by its code in plain text.
/// </summary>
public static class ReceivePush
{
    /// <summary>WeChat pushes from few addresses; this is a wall against floods, not a quota.</summary>
    public static readonly RatePolicy Limit = new("wechat-push", 6000, TimeSpan.FromMinutes(1));

    /// <summary>What WeChat wants to hear; anything else, or nothing within 5 s, and it sends again, three times in all.</summary>
    public const string Taken = "success";

    /// <summary>The routes: the console's check of the address, and pushes.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PushDoor.Path, (HttpRequest request, PushDoor door) => Answer(door.Receiver is { } receiver ? receiver.VerifyAddress(QueryOf(request)) : new PushNotSetUp()))
            .AllowAnyone().WithMetadata(new WithoutDatabase()).ExcludeFromDescription();
        app.MapPost(PushDoor.Path, async (HttpContext http, Handler handler, CancellationToken cancel) =>
                Answer(await handler.Run(QueryOf(http.Request), RequestBodies.BytesOf(http), cancel)))
            .AllowAnyone().WithMetadata(new RateLimit(Limit), new BodyLimit(PushReceiver.MaxBodyBytes), new WithoutRequestId("WeChat sends none; repetitions are known by who, when and what, and have no effect."))
            .ExcludeFromDescription();
    }

    private static PushQuery QueryOf(HttpRequest request)
    {
        return new PushQuery(Of("signature"), Of("timestamp"), Of("nonce"), Of("msg_signature"), Of("echostr"));

        string? Of(string name) => request.Query.TryGetValue(name, out var values) ? values.ToString() : null;
    }

    private static ContentHttpResult Answer(Result<string> result) => result.TryGet(out var text, out var refusal)
        ? TypedResults.Text(text, "text/plain", Encoding.UTF8)
        : TypedResults.Text(refusal.Code, "text/plain", Encoding.UTF8, Problem.StatusOf(refusal.Kind));

    /// <summary>Stores it.</summary>
    internal sealed class Handler(PhoenixDb db, Database database, PushDoor door, KeyRing keys, IIds ids, Clock clock, MiniProgramMeter meter)
    {
        /// <summary><see cref="Taken"/> for a push and for its repetitions, or one of <c>Push/Errors.cs</c>, or <see cref="PushNotSetUp"/>.</summary>
        public async Task<Result<string>> Run(PushQuery query, byte[] body, CancellationToken cancel)
        {
            if (door.Receiver is not { } receiver)
                return new PushNotSetUp();
            if (!receiver.Receive(query, body).TryGet(out var push, out var refusal))
            {
                meter.Push(refusal.Code);
                return refusal;
            }

            meter.Push(await Keep(push, cancel) ? "stored" : "repeated");
            return Taken;
        }

        private async Task<bool> Keep(PushEvent push, CancellationToken cancel)
        {
            var known = keys.Candidates(StoredPush.DedupeScope, push.Header.DedupeKey);
            if (await db.Set<StoredPush>().AnyAsync(p => known.Contains(p.DedupeHash), cancel))
                return false;
            var (id, now, isActedOn) = (ids.New(), clock.Now, HandlePushes.ActsOn(push));
            db.Add(new StoredPush
            {
                Id = id,
                DedupeHash = known[0],
                SenderHash = keys.KeyedHash(StoredPush.SenderScope, push.Header.FromUserName),
                Kind = push.Header.Event ?? push.Header.MsgType,
                HappenedAt = push.Header.CreateTime,
                ReceivedAt = now,
                DueAt = now,
                Payload = isActedOn ? keys.Encrypt(push.Header.Raw, StoredPush.PayloadPlace(id)) : null,
                HandledAt = isActedOn ? null : now,
            });
            try
            {
                await db.SaveChangesAsync(cancel);
                return true;
            }
            catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
            {
                // The same push at the same moment: stored once.
                return false;
            }
        }
    }
}
