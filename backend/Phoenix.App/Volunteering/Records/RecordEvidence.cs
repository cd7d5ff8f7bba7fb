using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Attendances;

namespace Phoenix.App.Volunteering.Records;

/// <summary>What stands behind service records, for an auditor: the scans, who verified, how sure it is. Names nobody.</summary>
internal sealed class RecordEvidence(PhoenixDb db) : IRecordEvidence, IPostingEvidence
{
    private const string Prefix = "record:";

    public Task<int> Count(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => Written(from, to).CountAsync(cancel);

    public async Task<IReadOnlyList<Guid>> At(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<int> places, CancellationToken cancel)
    {
        var found = new List<Guid>(places.Count);
        foreach (var place in places)
            found.Add(await Written(from, to).OrderBy(r => r.WrittenAt).ThenBy(r => r.Id).Skip(place).Select(r => r.Id).FirstAsync(cancel));
        return found;
    }

    public async Task<IReadOnlyDictionary<Guid, (Evidence Evidence, Guid? RequestId)>> Of(IReadOnlyCollection<Guid> versions, CancellationToken cancel)
    {
        var rows = await db.Set<ServiceRecord>().AsNoTracking().Where(r => versions.Contains(r.Id)).ToListAsync(cancel);
        var evidence = await Show(rows, cancel);
        return rows.ToDictionary(r => r.Id, r => (evidence[r.Id], r.Coins > 0 ? RecordPostings.IdOf(r) : (Guid?)null));
    }

    // A posting of a record names the record, not the version: what it is now, and how often it was corrected, stands behind it.
    public async Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        var ids = PostingReferences.Ids(references, Prefix);
        var latest = await db.Set<ServiceRecord>().AsNoTracking().Where(r => ids.Contains(r.RecordId)).Latest().ToListAsync(cancel);
        var evidence = await Show(latest, cancel);
        return latest.ToDictionary(r => $"{Prefix}{r.RecordId:N}", r => evidence[r.Id], StringComparer.Ordinal);
    }

    private IQueryable<ServiceRecord> Written(DateTimeOffset from, DateTimeOffset to) => db.Set<ServiceRecord>().AsNoTracking().Where(r => r.WrittenAt >= from && r.WrittenAt < to);

    private async Task<Dictionary<Guid, Evidence>> Show(List<ServiceRecord> rows, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.AttendanceId).OfType<Guid>().ToList();
        var attendances = await db.Set<Attendance>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var events = (await db.Set<AttendanceEvent>().AsNoTracking().Where(e => e.AttendanceId != null && ids.Contains(e.AttendanceId.Value)).ToListAsync(cancel)).ToLookup(e => e.AttendanceId!.Value);
        var shifts = rows.Select(r => r.ShiftId).OfType<Guid>().ToList();
        var counts = await db.Set<ShiftCount>().AsNoTracking().Where(c => shifts.Contains(c.ShiftId)).ToDictionaryAsync(c => c.ShiftId, cancel);
        return rows.ToDictionary(r => r.Id, r => new Evidence(
            $"服务记录：{r.ActivityName}",
            [.. Facts(r, r.AttendanceId is { } id ? attendances.GetValueOrDefault(id) : null, r.AttendanceId is { } at ? events[at] : [], r.ShiftId is { } shift ? counts.GetValueOrDefault(shift) : null)],
            r.PersonId));
    }

    private static IEnumerable<EvidenceFact> Facts(ServiceRecord r, Attendance? attendance, IEnumerable<AttendanceEvent> events, ShiftCount? count)
    {
        yield return new("志愿者", Who: r.MemberId);
        yield return new("服务", string.Create(CultureInfo.InvariantCulture, $"{r.Minutes / 60m:0.##} 小时{(r.Coins > 0 ? $"，{r.Coins} 枚" : "，只记时长")}"), r.StartAt);
        yield return new("地点", r.Place);
        foreach (var e in events.OrderBy(e => e.At).ThenBy(e => e.Id))
            yield return new(WordOf(e.Kind), WordOf(e.Way), e.At, e.By);
        if (count is not null)
            yield return new("清点人数", string.Create(CultureInfo.InvariantCulture, $"到了 {count.People} 人，名单上 {count.Listed} 人"), count.CountedAt, count.CountedBy);
        yield return new("依据", r.Grade switch { EvidenceGrade.A => "A 扫码", EvidenceGrade.B => "B 负责人登记", _ => "C 补录" });
        if (attendance?.Reason is { } reason)
            yield return new("说明", reason);
        if (attendance?.SecondBy is { } second)
            yield return new("第二人核对", At: attendance.SecondAt, Who: second);
        yield return new(r.Version == 1 ? "核时长" : "更正", r.InTime ? "10 个工作日内记的" : "超过 10 个工作日才记", r.WrittenAt, r.WrittenBy);
        if (r.Ending is { } ending)
            yield return new(ending == RecordEnding.Voided ? "已作废" : "后来更正了", r.EndReason, r.EndedAt, r.EndedBy);
    }

    private static string WordOf(AttendanceEventKind kind) => kind switch
    {
        AttendanceEventKind.In => "签到",
        AttendanceEventKind.Out => "签退",
        AttendanceEventKind.Back => "又回来了",
        AttendanceEventKind.PutRight => "改时间",
        AttendanceEventKind.Undone => "撤销签到",
        AttendanceEventKind.Same => "断网时记的，内容一样",
        _ => "断网时记的，对不上",
    };

    private static string WordOf(CheckWay way) => way switch
    {
        CheckWay.Scan => "扫负责人的码",
        CheckWay.PersonalCode => "扫我的码",
        CheckWay.Card => "扫志愿者卡",
        CheckWay.VenueCode => "扫场地码",
        CheckWay.Roster => "名单登记",
        CheckWay.ShiftEnd => "按结束时间",
        _ => "补录",
    };
}
