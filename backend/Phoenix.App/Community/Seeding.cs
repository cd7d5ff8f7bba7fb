using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Documents;
using Phoenix.App.Data;
using Phoenix.Ledger.Schema;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>Puts the first community into an empty database, for a newcomer's first look.</summary>
public static class Seeding
{
    /// <summary>凤凰里社区's number.</summary>
    public const int CommunityId = 1;

    /// <summary>Adds 凤凰里社区 where there is no community yet; run twice it does nothing.</summary>
    public static async Task Run(PhoenixDb db, Clock clock, CancellationToken cancel)
    {
        if (!await db.Set<CommunityRow>().AnyAsync(cancel))
            await Add(db, new CommunityRow
            {
                Id = CommunityId,
                Name = "凤凰里社区",
                District = "成都市双流区永安镇",
                Phone = "028-85670000",
                CreatedAt = clock.Now,
            }, cancel);
    }

    /// <summary>Gives 凤凰里社区 the documents that a community starts with, where it has none: without them nobody can join.</summary>
    public static async Task AddDocuments(PhoenixDb db, Clock clock, IIds ids, CancellationToken cancel)
    {
        db.Scope.Enter(CommunityId);
        if (await db.Set<RuleDocument>().AnyAsync(cancel))
            return;
        db.AddRange(FirstDocuments.Of(CommunityId, clock.Now, ids));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Adds a community with its journal, both or neither.</summary>
    public static async Task Add(PhoenixDb db, CommunityRow community, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(community);
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlRawAsync(LedgerSchema.OpenCommunity(community.Id), cancel);
        await transaction.CommitAsync(cancel);
    }
}
