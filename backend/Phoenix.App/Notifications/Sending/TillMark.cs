using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Sending;

/// <summary>The till page of a clerk is open: what it shows isn't sent as well.</summary>
public sealed class TillMark : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The clerk.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Until when the page counts as open.</summary>
    public DateTimeOffset OpenUntil { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<TillMark>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<TillMark> builder)
        {
            builder.ToTable("till_marks", t => t.HasComment("Whose till page is open just now, so that nothing it shows is sent as a message too."));
            builder.HasKey(t => new { t.CommunityId, t.PersonId });
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>The merchant console says every two minutes that its till page is open, and once that it is closed.</summary>
public static class MarkTill
{
    /// <summary>How long a mark holds: two heartbeats and a little, so that one may get lost.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The page's state.</summary>
    /// <param name="IsOpen">Whether it is in front.</param>
    public sealed record Request(bool IsOpen);

    /// <summary>The mark.</summary>
    /// <param name="OpenUntil">Say so again before then.</param>
    public sealed record Response(DateTimeOffset OpenUntil);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/messages/till", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner, Role.Clerk)
        .WithName("markTill").WithSummary("柜台页打开着");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Clock clock)
    {
        /// <summary>The mark as it now is.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var until = body.IsOpen ? clock.Now + Lifetime : clock.Now;
            if (await db.Set<TillMark>().Where(t => t.PersonId == caller.PersonId).ExecuteUpdateAsync(u => u.SetProperty(t => t.OpenUntil, until), cancel) == 0)
                db.Add(new TillMark { CommunityId = db.Scope.CommunityId, PersonId = caller.PersonId, OpenUntil = until });
            return new Response(until);
        }, cancel);
    }
}
