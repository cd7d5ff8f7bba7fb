using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Notifications.Digest;

/// <summary>Messages that didn't go out.</summary>
internal sealed class DeadLettersPart(PhoenixDb db) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var count = await db.Set<OutboxMessage>().CountAsync(m => m.CommunityId == db.Scope.CommunityId && m.DeadAt != null, cancel);
        return count == 0 ? [] : [new DigestLine($"{count} 条消息没发出去", [Role.Staff])];
    }
}
