using Microsoft.AspNetCore.Mvc;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Which records staff want to see. Routes take it with <c>[AsParameters]</c>.</summary>
/// <param name="From">From this day on.</param>
/// <param name="To">To this day.</param>
/// <param name="MemberId">Of one member.</param>
/// <param name="ActivityId">Of one activity.</param>
/// <param name="ShiftId">Of one shift.</param>
/// <param name="Late">Only those written too late (true) or in time (false).</param>
public readonly record struct RecordFilter(
    [property: FromQuery(Name = "from")] DateOnly? From = null,
    [property: FromQuery(Name = "to")] DateOnly? To = null,
    [property: FromQuery(Name = "memberId")] Guid? MemberId = null,
    [property: FromQuery(Name = "activityId")] Guid? ActivityId = null,
    [property: FromQuery(Name = "shiftId")] Guid? ShiftId = null,
    [property: FromQuery(Name = "late")] bool? Late = null)
{
    /// <summary>Days that one list or export may span.</summary>
    public const int MaxDays = 366;

    /// <summary>What is wrong with it: <see cref="BadRecordSpan"/>, or null.</summary>
    internal Error? Refusal => From is { } first && To is { } last && (last < first || last.DayNumber - first.DayNumber > MaxDays) ? new BadRecordSpan() : null;

    /// <summary>The records that fit.</summary>
    internal IQueryable<ServiceRecord> Apply(IQueryable<ServiceRecord> records)
    {
        var (from, to, member, activity, shift) = (From, To, MemberId, ActivityId, ShiftId);
        if (from is not null)
            records = records.Where(r => r.Day >= from);
        if (to is not null)
            records = records.Where(r => r.Day <= to);
        if (member is not null)
            records = records.Where(r => r.MemberId == member);
        if (activity is not null)
            records = records.Where(r => r.ActivityId == activity);
        if (shift is not null)
            records = records.Where(r => r.ShiftId == shift);
        if (Late is { } late)
            records = records.Where(r => r.InTime != late);
        return records;
    }
}
