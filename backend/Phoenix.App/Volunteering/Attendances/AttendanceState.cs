namespace Phoenix.App.Volunteering.Attendances;

/// <summary>Where an attendance stands. The names are stored.</summary>
public enum AttendanceState
{
    /// <summary>已签到: the person is there.</summary>
    Open,

    /// <summary>已签退: it waits to be verified.</summary>
    CheckedOut,

    /// <summary>待复核: grade C, verified by one and waiting for a second.</summary>
    Proposed,

    /// <summary>已核时长.</summary>
    Verified,

    /// <summary>不计: the leader found that it wasn't so.</summary>
    NotCounted,
}

/// <summary>How somebody was checked in or out. The names are stored.</summary>
public enum CheckWay
{
    /// <summary>扫码: the person scanned the leader's changing code.</summary>
    Scan,

    /// <summary>The leader scanned the person's 我的码.</summary>
    PersonalCode,

    /// <summary>The leader scanned the person's printed card.</summary>
    Card,

    /// <summary>The person scanned the venue's printed code, as no leader was there.</summary>
    VenueCode,

    /// <summary>负责人登记: the leader ticked the roster.</summary>
    Roster,

    /// <summary>按结束时间签退: the leader decided that who forgot was there until the end.</summary>
    ShiftEnd,

    /// <summary>补录: the leader entered it when the shift was long over.</summary>
    Late,
}
