using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Sending;

/// <summary>The hours in which nobody is woken (product.md, "Notifications"): 21:00 to 08:00 in the community's time.</summary>
public static class QuietHours
{
    /// <summary>From then, this instant included.</summary>
    public static readonly TimeOnly From = new(21, 0);

    /// <summary>Until then, this instant not included.</summary>
    public static readonly TimeOnly To = new(8, 0);

    /// <summary>When the quiet hours around an instant end; null outside them.</summary>
    public static DateTimeOffset? EndOf(DateTimeOffset instant, CommunityTime time)
    {
        var (day, clock) = (time.DayOf(instant), time.TimeOf(instant));
        if (clock >= From)
            return time.At(day.AddDays(1), To);
        return clock < To ? time.At(day, To) : null;
    }
}

/// <summary>How long sending waits where it must.</summary>
public static class SendingLimits
{
    /// <summary>Where an operator must act, it is tried again so slowly.</summary>
    public static readonly TimeSpan RetryForOperator = TimeSpan.FromHours(1);

    /// <summary>How soon a row whose person is just being sent another is looked at again.</summary>
    public static readonly TimeSpan RetryForTurn = TimeSpan.FromSeconds(2);
}
