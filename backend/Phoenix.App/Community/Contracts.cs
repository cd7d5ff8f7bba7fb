using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>What other modules may ask of the calendar of the community in scope.</summary>
public interface ICommunityCalendar
{
    /// <summary>The community's zone: days, months, cut-offs.</summary>
    CommunityTime Time { get; }

    /// <summary>The community's working days between two days, both included, for deadlines.</summary>
    Task<WorkingDays> WorkingDays(DateOnly from, DateOnly to, CancellationToken cancel);
}

/// <summary>Which communities there are, for the route gate and the jobs that sweep them all.</summary>
public interface ICommunities
{
    /// <summary>Whether the number is a community's.</summary>
    Task<bool> Exists(int communityId, CancellationToken cancel);
}

/// <summary>For the tables of every module.</summary>
public static class CommunityKeys
{
    /// <summary>The row's community must be one: a foreign key, and no community is deleted from under its rows.</summary>
    public static void BelongsToCommunity<T>(this EntityTypeBuilder<T> builder)
        where T : class, ICommunityOwned =>
        builder.HasOne<CommunityRow>().WithMany().HasForeignKey(row => row.CommunityId).OnDelete(DeleteBehavior.Restrict);
}
