using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>What a correction changes; what is null stays.</summary>
/// <param name="StartAt">From when.</param>
/// <param name="EndAt">Until when.</param>
/// <param name="Minutes">Minutes given, a multiple of 5.</param>
/// <param name="ActivityName">The activity's name.</param>
/// <param name="Place">Where.</param>
/// <param name="Content">What was done.</param>
/// <param name="PersonInCharge">The person in charge.</param>
public sealed record RecordChanges(
    DateTimeOffset? StartAt = null, DateTimeOffset? EndAt = null, int? Minutes = null, string? ActivityName = null, string? Place = null, string? Content = null, string? PersonInCharge = null)
{
    /// <summary>Whether nothing would change.</summary>
    internal bool IsEmpty => this == new RecordChanges();
}

/// <summary>Ends versions of records and puts others in their place, coins beside it. Inside a unit of work, with the community locked.</summary>
public sealed class RecordEditor(PhoenixDb db, RecordCoins coins, CoinRuleBook rules, ICommunityCalendar calendar, IAuditLog audit, Clock clock, IIds ids)
{
    /// <summary>The record's live version, tracked, with the community locked; or <see cref="UnknownRecord"/>, <see cref="RecordVoided"/>, <see cref="OwnRecord"/>.</summary>
    public async Task<Result<ServiceRecord>> Find(Guid recordId, Guid actor, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var latest = await db.Set<ServiceRecord>().Where(r => r.RecordId == recordId).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel);
        if (latest is null)
            return new UnknownRecord();
        if (latest.PersonId == actor)
            return new OwnRecord();
        return latest.Ending is null ? latest : new RecordVoided();
    }

    /// <summary>Voids it and takes its coins back.</summary>
    public async Task<Error?> Void(ServiceRecord version, Guid actor, string reason, CancellationToken cancel)
    {
        End(version, RecordEnding.Voided, actor, reason);
        audit.Write("record.voided", $"record:{version.RecordId:N}", version.PersonId, reason);
        return await coins.Follow(version, null, actor, cancel);
    }

    /// <summary>Puts a corrected version, made by <see cref="Next"/>, in its place, with its coins.</summary>
    /// <returns>Null, or <see cref="BadMinutes"/>, <see cref="MinuteCountedAlready"/>, or the ledger's refusal.</returns>
    public async Task<Error?> Replace(ServiceRecord version, ServiceRecord next, string reason, CancellationToken cancel)
    {
        if (next.Minutes <= 0 || next.Minutes > CoinRule.MaxMinutes || next.Minutes % ServiceRecord.MinuteStep != 0 || TimeSpan.FromMinutes(next.Minutes) > next.EndAt - next.StartAt || next.EndAt > clock.Now)
            return new BadMinutes();
        if (await db.Set<ServiceRecord>().IgnoreQueryFilters()
            .AnyAsync(r => r.PersonId == next.PersonId && r.EndedAt == null && r.RecordId != next.RecordId && r.StartAt < next.EndAt && r.EndAt > next.StartAt, cancel))
            return new MinuteCountedAlready();
        End(version, RecordEnding.Corrected, next.WrittenBy, reason);
        audit.Write("record.corrected", $"record:{version.RecordId:N}", version.PersonId, reason);
        await db.SaveChangesAsync(cancel);
        db.Add(next);
        await db.SaveChangesAsync(cancel);
        return next.Coins == version.Coins ? null : await coins.Follow(version, next, next.WrittenBy, cancel);
    }

    /// <summary>The version that the changes make of the last one. Its coins are counted by the rule that the last was counted by (hard rule 11: forward only).</summary>
    public async Task<ServiceRecord> Next(ServiceRecord last, RecordChanges changes, Guid actor, CancellationToken cancel)
    {
        var start = changes.StartAt is { } from ? Clock.ToMilliseconds(from) : last.StartAt;
        var minutes = changes.Minutes ?? last.Minutes;
        return new ServiceRecord
        {
            CommunityId = last.CommunityId,
            Id = ids.New(),
            RecordId = last.RecordId,
            Version = last.Version + 1,
            PersonId = last.PersonId,
            MemberId = last.MemberId,
            ActivityId = last.ActivityId,
            ActivityName = changes.ActivityName?.Trim() ?? last.ActivityName,
            ShiftId = last.ShiftId,
            AttendanceId = last.AttendanceId,
            StartAt = start,
            EndAt = changes.EndAt is { } until ? Clock.ToMilliseconds(until) : last.EndAt,
            Day = calendar.Time.DayOf(start),
            Place = changes.Place?.Trim() ?? last.Place,
            Content = changes.Content?.Trim() ?? last.Content,
            Minutes = minutes,
            Organiser = last.Organiser,
            PersonInCharge = changes.PersonInCharge?.Trim() ?? last.PersonInCharge,
            Grade = last.Grade,
            HoursOnly = last.HoursOnly,
            Coins = await CoinsOf(last, minutes, cancel),
            CoinRuleVersion = last.CoinRuleVersion,
            UnitId = last.UnitId,
            UnitName = last.UnitName,
            WrittenBy = actor,
            WrittenAt = clock.Now,
            Deadline = last.Deadline,
            InTime = last.InTime,
        };
    }

    private async Task<long> CoinsOf(ServiceRecord last, int minutes, CancellationToken cancel)
    {
        if (last.HoursOnly || last.CoinRuleVersion is not { } version || minutes is <= 0 or > CoinRule.MaxMinutes)
            return 0;
        if ((await rules.All(cancel)).FirstOrDefault(r => r.Version == version) is not { } rule)
            return last.Coins * minutes / last.Minutes;
        var others = await db.Set<ServiceRecord>().Where(r => r.PersonId == last.PersonId && r.Day == last.Day && r.Ending == null && r.RecordId != last.RecordId).SumAsync(r => r.Coins, cancel);
        return rule.CoinsFor(minutes, others);
    }

    private void End(ServiceRecord version, RecordEnding why, Guid actor, string reason) =>
        (version.Ending, version.EndedAt, version.EndedBy, version.EndReason) = (why, clock.Now, actor, reason);
}
