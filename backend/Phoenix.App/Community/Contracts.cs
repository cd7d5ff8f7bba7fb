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
