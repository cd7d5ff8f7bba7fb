using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Personal;

/// <summary>A signed-in device gets the secret from which it shows 我的码 without network. A new one ends the one before; signing out ends it too.</summary>
public static class IssueDeviceSecret
{
    /// <summary>The secret. Keep it in the phone's storage, and ask for another after every login and every 7 days.</summary>
    /// <param name="DeviceId">Stands in every code.</param>
    /// <param name="Secret">Base64url, 32 bytes: the HMAC key.</param>
    /// <param name="LinkPrefix">What stands before <c>{purpose}.{community}.…</c> in a code's link.</param>
    /// <param name="StepSeconds">Length of a step.</param>
    /// <param name="ExpiresAt">When it stops working.</param>
    public sealed record Response(Guid DeviceId, string Secret, string LinkPrefix, int StepSeconds, DateTimeOffset ExpiresAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/device-secret", (RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("issueDeviceSecret").WithSummary("领取我的码的密钥");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, DeviceKeys keys, PublicAddress address, IIds ids, Clock clock)
    {
        /// <summary>The secret; a retry gets the same one. Only its number is remembered with the request.</summary>
        public async Task<Result<Response>> Run(RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var done = await work.Once<Issued>(requestId, async () =>
            {
                var issued = new Issued(caller.SessionId, ids.New(), clock.Now);
                if (await db.Set<DeviceSecret>().FirstOrDefaultAsync(d => d.SessionId == caller.SessionId, cancel) is { } before)
                    (before.DeviceId, before.IssuedAt) = (issued.DeviceId, issued.At);
                else
                    db.Add(new DeviceSecret { SessionId = caller.SessionId, DeviceId = issued.DeviceId, PersonId = caller.PersonId, IssuedAt = issued.At });
                return issued;
            }, cancel);
            if (!done.TryGet(out var issued, out var error))
                return error;
            // The same person on another device would get this device's secret.
            if (issued.SessionId != caller.SessionId)
                return new RequestIdReused();
            return new Response(issued.DeviceId, Base64Url.EncodeToString(keys.Current(issued.DeviceId)), address.Of(CodeText.Path) + "my.", CodeText.StepSeconds, issued.At + DeviceSecret.Lifetime);
        }

        private sealed record Issued(Guid SessionId, Guid DeviceId, DateTimeOffset At);
    }
}
