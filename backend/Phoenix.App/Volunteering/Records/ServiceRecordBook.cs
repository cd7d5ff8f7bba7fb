using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <inheritdoc />
internal sealed class ServiceRecordBook(PhoenixDb db, RecordDeadlines deadlines, ICommunityCalendar calendar, Clock clock, IIds ids) : IServiceRecordBook
{
    public async Task<Result<ServiceRecordHead>> Write(NewServiceRecord record, CancellationToken cancel) => (await WriteAll([record], cancel))[0];

    public async Task<IReadOnlyList<Result<ServiceRecordHead>>> WriteAll(IReadOnlyList<NewServiceRecord> records, CancellationToken cancel)
    {
        if (records.Count > ServiceRecordLimits.AtOnce)
            throw new ArgumentException($"{records.Count} records at once.", nameof(records));
        foreach (var record in records)
            EnsureSound(record);
        if (records.Count == 0)
            return [];
        var counted = await Counted([.. records.Select(r => r.PersonId).Distinct()], records.Min(r => r.Start), records.Max(r => r.End), cancel);
        var recorded = (await Live([.. records.Select(r => r.AttendanceId).OfType<Guid>()], cancel)).ConvertAll(r => r.AttendanceId!.Value).ToHashSet();
        var lastDays = new Dictionary<DateOnly, DateOnly>();
        var results = new Result<ServiceRecordHead>[records.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var record = records[i];
            var spans = counted.TryGetValue(record.PersonId, out var known) ? known : counted[record.PersonId] = [];
            if (Refusal(record, spans, recorded) is { } refusal)
            {
                results[i] = refusal;
                continue;
            }

            var ended = calendar.Time.DayOf(record.End);
            if (!lastDays.TryGetValue(ended, out var last))
                lastDays[ended] = last = await deadlines.OfRecord(record.End, cancel);
            var version = First(record, last);
            db.Add(version);
            spans.Add((record.Start, record.End));
            if (record.AttendanceId is { } attendance)
                recorded.Add(attendance);
            results[i] = HeadOf(version);
        }

        await db.SaveChangesAsync(cancel);
        return results;
    }

    public async Task<IReadOnlyDictionary<Guid, ServiceRecordHead>> OfAttendances(IReadOnlyCollection<Guid> attendanceIds, CancellationToken cancel) =>
        (await Live([.. attendanceIds], cancel)).ToDictionary(r => r.AttendanceId!.Value, HeadOf);

    public Task<DateOnly> DeadlineOf(DateTimeOffset end, CancellationToken cancel) => deadlines.OfRecord(end, cancel);

    private static Error? Refusal(NewServiceRecord record, List<(DateTimeOffset Start, DateTimeOffset End)> counted, HashSet<Guid> recorded)
    {
        if (record.WrittenBy == record.PersonId)
            return new OwnRecord();
        if (record.AttendanceId is { } attendance && recorded.Contains(attendance))
            return new AlreadyRecorded();
        return counted.Exists(c => c.Start < record.End && record.Start < c.End) ? new MinuteCountedAlready() : null;
    }

    private static void EnsureSound(NewServiceRecord record)
    {
        if (record.Minutes <= 0 || record.Minutes % ServiceRecord.MinuteStep != 0 || TimeSpan.FromMinutes(record.Minutes) > record.End - record.Start)
            throw new ArgumentException($"{record.Minutes} minutes between {record.Start:O} and {record.End:O}.", nameof(record));
        if (record.Coins < 0 || record.HoursOnly && record.Coins > 0)
            throw new ArgumentException($"{record.Coins} coins, hours only: {record.HoursOnly}.", nameof(record));
    }

    /// <summary>The minutes of persons that count already, in every community: the one query that leaves the community (hard rule 9).</summary>
    private async Task<Dictionary<Guid, List<(DateTimeOffset Start, DateTimeOffset End)>>> Counted(Guid[] persons, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var found = await db.Set<ServiceRecord>().IgnoreQueryFilters().AsNoTracking()
            .Where(r => persons.Contains(r.PersonId) && r.EndedAt == null && r.StartAt < to && r.EndAt > from)
            .Select(r => new { r.PersonId, r.StartAt, r.EndAt })
            .ToListAsync(cancel);
        return found.GroupBy(r => r.PersonId).ToDictionary(g => g.Key, g => g.Select(r => (r.StartAt, r.EndAt)).ToList());
    }

    private Task<List<ServiceRecord>> Live(Guid[] attendances, CancellationToken cancel) => db.Set<ServiceRecord>().AsNoTracking()
        .Where(r => r.EndedAt == null && r.AttendanceId != null && attendances.Contains(r.AttendanceId.Value))
        .ToListAsync(cancel);

    private ServiceRecord First(NewServiceRecord record, DateOnly deadline)
    {
        var (id, now) = (ids.New(), clock.Now);
        return new ServiceRecord
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            RecordId = id,
            Version = 1,
            PersonId = record.PersonId,
            MemberId = record.MemberId,
            ActivityId = record.ActivityId,
            ActivityName = record.ActivityName,
            ShiftId = record.ShiftId,
            AttendanceId = record.AttendanceId,
            StartAt = record.Start,
            EndAt = record.End,
            Day = calendar.Time.DayOf(record.Start),
            Place = record.Place,
            Content = record.Content,
            Minutes = record.Minutes,
            Organiser = record.Organiser,
            PersonInCharge = record.PersonInCharge,
            Grade = record.Grade,
            HoursOnly = record.HoursOnly,
            Coins = record.Coins,
            CoinRuleVersion = record.CoinRuleVersion,
            UnitId = record.UnitId,
            UnitName = record.UnitName,
            WrittenBy = record.WrittenBy,
            WrittenAt = now,
            Deadline = deadline,
            InTime = calendar.Time.DayOf(now) <= deadline,
        };
    }

    private ServiceRecordHead HeadOf(ServiceRecord version) => new(
        version.RecordId, version.Id, version.PersonId, version.AttendanceId, version.Minutes, version.Coins, version.InTime,
        RecordPostings.Issue(version, calendar.Time.DayOf(version.WrittenAt), version.Coins));
}
