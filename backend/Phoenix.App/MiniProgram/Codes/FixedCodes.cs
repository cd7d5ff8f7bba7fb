using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>
/// Draws fixed codes: WeChat is asked once for each, however many ask at once on this node (two nodes may ask once each; the later image replaces the
/// same one). The image never expires, so it is kept.
/// </summary>
internal sealed class FixedCodes(IServiceScopeFactory scopes, Database database, RandomCodes random, Clock clock) : IDisposable
{
    /// <summary>Codes that are drawn at the same time on a node.</summary>
    public const int Lanes = 32;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    public async Task<Result<CodeImage>> Image(int communityId, FixedCode purpose, Guid subject, CancellationToken cancel)
    {
        var lane = _lanes[(uint)HashCode.Combine(communityId, purpose, subject) % Lanes];
        await lane.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(communityId);
            var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
            var row = await SceneOf(db, purpose, subject, cancel);
            if (row.Image is null || row.Page != CodeScene.LandingPage)
            {
                var weChat = scope.ServiceProvider.GetRequiredService<IWeChatGateway>();
                if (!(await weChat.MiniProgramCode(new CodeToDraw(row.Scene, CodeScene.LandingPage, CodeScene.WidthPixels), cancel)).TryGet(out var drawn, out var refusal))
                    return refusal;
                (row.Image, row.ContentType, row.Page) = (drawn.Bytes, drawn.ContentType, CodeScene.LandingPage);
                await db.SaveChangesAsync(cancel);
            }

            return new CodeImage(row.Image, row.ContentType!, row.Scene);
        }
        finally
        {
            lane.Release();
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
            lane.Dispose();
    }

    private async Task<CodeScene> SceneOf(PhoenixDb db, FixedCode purpose, Guid subject, CancellationToken cancel)
    {
        if (await db.Set<CodeScene>().FirstOrDefaultAsync(s => s.Purpose == purpose && s.Subject == subject, cancel) is { } known)
            return known;
        var row = new CodeScene { CommunityId = db.Scope.CommunityId, Scene = random.Letters(CodeScene.SceneLength), Purpose = purpose, Subject = subject, CreatedAt = clock.Now };
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancel);
            return row;
        }
        catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
        {
            // Another node was first.
            db.ChangeTracker.Clear();
            return await db.Set<CodeScene>().FirstAsync(s => s.Purpose == purpose && s.Subject == subject, cancel);
        }
    }
}
