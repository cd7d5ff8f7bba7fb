using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Push;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>Acts on stored pushes, every minute: each alone in a transaction with the note that it was done, so that a poison push stops no other.</summary>
public sealed class HandlePushes(IServiceScopeFactory scopes, KeyRing keys, Clock clock, MiniProgramMeter meter, ILogger<HandlePushes> log) : ISweep
{
    /// <summary>Pushes of one wake-up.</summary>
    public const int MaxPushes = 2000;

    /// <summary>The wait before the second try; each further one waits twice as long.</summary>
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public string Name => "pushes.handle";

    /// <inheritdoc />
    public string Cron => "* * * * *";

    /// <summary>Whether anything is done about such a push; of others only that they came is kept.</summary>
    public static bool ActsOn(PushEvent push) => push is MediaCheckedEvent or SubscribeChangeEvent;

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        for (var n = 0; n < MaxPushes; n++)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await Claim(scope.ServiceProvider.GetRequiredService<PhoenixDb>(), cancel) is not { } push)
                return;
            try
            {
                await Handle(push, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                await Failed(scope.ServiceProvider.GetRequiredService<PhoenixDb>(), push, e, cancel);
            }
        }
    }

    // Counted and moved on before it is tried: a push that kills its node is given up too.
    private async Task<StoredPush?> Claim(PhoenixDb db, CancellationToken cancel)
    {
        var now = clock.Now;
        while (true)
        {
            var next = await db.Set<StoredPush>().AsNoTracking().Where(p => p.HandledAt == null && p.DeadAt == null && p.DueAt <= now).OrderBy(p => p.DueAt).FirstOrDefaultAsync(cancel);
            if (next is null)
                return null;
            var isLast = next.Attempts >= StoredPush.MaxAttempts;
            var again = now + FirstBackOff * Math.Pow(2, next.Attempts);
            var claimed = await db.Set<StoredPush>().Where(p => p.Id == next.Id && p.Attempts == next.Attempts && p.HandledAt == null && p.DeadAt == null).ExecuteUpdateAsync(u => u
                .SetProperty(p => p.Attempts, next.Attempts + 1).SetProperty(p => p.DueAt, again).SetProperty(p => p.DeadAt, isLast ? now : (DateTimeOffset?)null), cancel);
            if (claimed == 1 && !isLast)
                return next;
            if (claimed == 1)
                meter.Push("dead");
        }
    }

    private async Task Handle(StoredPush stored, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var raw = keys.Decrypt(stored.Payload!, StoredPush.PayloadPlace(stored.Id));
        var outcome = PushReceiver.Reread(raw) switch
        {
            MediaCheckedEvent media => await scope.ServiceProvider.GetRequiredService<MediaResults>().Take(media, stored, cancel),
            SubscribeChangeEvent change => await SwitchedOff(scope.ServiceProvider, change, stored, cancel),
            _ => await Note(scope.ServiceProvider.GetRequiredService<PhoenixDb>(), stored, cancel),
        };
        meter.Push(outcome);
    }

    // What the person switched off is noted before the push is: a crash between the two notes it again, which does nothing more.
    private async Task<string> SwitchedOff(IServiceProvider services, SubscribeChangeEvent change, StoredPush stored, CancellationToken cancel)
    {
        if (await services.GetRequiredService<IWeChatUsers>().PersonOf(change.Header.FromUserName, cancel) is { } person)
            foreach (var item in change.Items.Where(i => !i.IsAccepted))
                await services.GetRequiredService<IMessageConsents>().Refused(person, item.TemplateId, cancel);
        return await Note(services.GetRequiredService<PhoenixDb>(), stored, cancel);
    }

    private async Task<string> Note(PhoenixDb db, StoredPush stored, CancellationToken cancel)
    {
        await Done(db, stored, clock.Now, cancel);
        return "handled";
    }

    /// <summary>Notes, in the transaction of what was done, that the push needs nothing more; false if another node has done it.</summary>
    internal static async Task<bool> Done(PhoenixDb db, StoredPush stored, DateTimeOffset now, CancellationToken cancel) =>
        await db.Set<StoredPush>().Where(p => p.Id == stored.Id && p.HandledAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.HandledAt, now).SetProperty(p => p.Payload, (string?)null), cancel) == 1;

    private async Task Failed(PhoenixDb db, StoredPush push, Exception failure, CancellationToken cancel)
    {
        log.LogWarning("Push {Kind} {Id} failed: {Failure}", push.Kind, push.Id, failure.GetType().Name);
        var name = failure.GetType().Name;
        await db.Set<StoredPush>().Where(p => p.Id == push.Id).ExecuteUpdateAsync(u => u.SetProperty(p => p.LastError, name[..Math.Min(name.Length, 100)]), cancel);
    }
}
