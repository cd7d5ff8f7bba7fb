using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Sessions;

/// <inheritdoc />
internal sealed class LiveSessions : ILiveSessions
{
    /// <summary>Most sessions remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<Guid, (bool IsLive, DateTimeOffset At)> _remembered = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly Clock _clock;
    private readonly SharedReads<Guid, bool> _reads;

    public LiveSessions(IServiceScopeFactory scopes, Clock clock)
    {
        (_scopes, _clock) = (scopes, clock);
        _reads = new SharedReads<Guid, bool>(Read);
    }

    public async Task<bool> IsLive(Guid sessionId, bool fresh, CancellationToken cancel)
    {
        var now = _clock.Now;
        if (!fresh && _remembered.TryGetValue(sessionId, out var known) && now - known.At < RoleDirectory.StaleAfter)
            return known.IsLive;
        var isLive = await _reads.Ask(sessionId, cancel);
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[sessionId] = (isLive, now);
        return isLive;
    }

    private async Task<IReadOnlyDictionary<Guid, bool>> Read(IReadOnlyCollection<Guid> ids)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var live = await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<Session>().Where(s => ids.Contains(s.Id) && s.EndedAt == null).Select(s => s.Id).ToListAsync();
        return live.ToDictionary(id => id, _ => true);
    }
}
