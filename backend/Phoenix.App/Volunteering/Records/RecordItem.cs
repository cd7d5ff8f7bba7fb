using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Records.Province;

namespace Phoenix.App.Volunteering.Records;

/// <summary>A service record as its holder and staff see it: one version, the latest unless said otherwise.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="VersionId">The version.</param>
/// <param name="Version">Counted from 1: above it, the record was corrected.</param>
/// <param name="MemberId">Whose.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="ActivityName">Its name then.</param>
/// <param name="Day">The day.</param>
/// <param name="StartAt">From when.</param>
/// <param name="EndAt">Until when.</param>
/// <param name="Place">Where.</param>
/// <param name="Content">What was done.</param>
/// <param name="Minutes">Minutes given.</param>
/// <param name="Organiser">The organising unit.</param>
/// <param name="PersonInCharge">The person in charge.</param>
/// <param name="Grade">How sure it is.</param>
/// <param name="HoursOnly">只记时长.</param>
/// <param name="Coins">Coins for it; spending or expiry of coins changes neither this nor the minutes.</param>
/// <param name="UnitName">For which unit.</param>
/// <param name="Deadline">Until when it had to be written.</param>
/// <param name="InTime">Whether it was.</param>
/// <param name="WrittenAt">When this version was written.</param>
/// <param name="Ending">Why it counts no longer; null while it does.</param>
/// <param name="EndReason">The reason, in words.</param>
/// <param name="InProvince">已录入: whether this version stands in the province's system.</param>
/// <param name="ProvinceNumber">Its number there.</param>
/// <param name="MemberName">What the neighbours call whose it is; on staff's lists only.</param>
public sealed record RecordItem(
    Guid RecordId,
    Guid VersionId,
    int Version,
    Guid MemberId,
    Guid? ActivityId,
    string ActivityName,
    DateOnly Day,
    DateTimeOffset StartAt,
    DateTimeOffset EndAt,
    string Place,
    string Content,
    int Minutes,
    string Organiser,
    string PersonInCharge,
    EvidenceGrade Grade,
    bool HoursOnly,
    long Coins,
    string? UnitName,
    DateOnly Deadline,
    bool InTime,
    DateTimeOffset WrittenAt,
    RecordEnding? Ending,
    string? EndReason,
    bool InProvince,
    string? ProvinceNumber,
    string? MemberName = null)
{
    /// <summary>A version to be shown.</summary>
    internal static RecordItem Of(ServiceRecord r, ProvinceEntry? entry) => new(
        r.RecordId, r.Id, r.Version, r.MemberId, r.ActivityId, r.ActivityName, r.Day, r.StartAt, r.EndAt, r.Place, r.Content, r.Minutes, r.Organiser, r.PersonInCharge, r.Grade, r.HoursOnly,
        r.Coins, r.UnitName, r.Deadline, r.InTime, r.WrittenAt, r.Ending, r.EndReason,
        entry is not null, entry?.Number);
}

/// <summary>Where a list of records, newest service first, goes on.</summary>
/// <param name="StartAt">Of the last one seen.</param>
/// <param name="Id">Its version.</param>
internal sealed record RecordCursor(DateTimeOffset StartAt, Guid Id);

/// <summary>Pages of records.</summary>
internal static class RecordPages
{
    /// <summary>The records that stand: the latest version of each, voided ones included, so that nothing goes silently.</summary>
    public static IQueryable<ServiceRecord> Latest(this IQueryable<ServiceRecord> records) => records.Where(r => r.Ending == null || r.Ending == RecordEnding.Voided);

    /// <summary>The records that come after the cursor, newest service first.</summary>
    public static IQueryable<ServiceRecord> NewestFirst(this IQueryable<ServiceRecord> records, RecordCursor? after)
    {
        if (after is { StartAt: var start, Id: var id })
            records = records.Where(r => r.StartAt < start || r.StartAt == start && r.Id.CompareTo(id) < 0);
        return records.OrderByDescending(r => r.StartAt).ThenByDescending(r => r.Id);
    }

    /// <summary>Whose records the caller sees: their own, or those of a member whose notices they get too (guardians, 家人); null for nobody's.</summary>
    public static async Task<Guid?> WhoseRecords(this IPeople people, Guid? memberId, Caller caller, CancellationToken cancel)
    {
        if (memberId is not { } member)
            return caller.PersonId;
        var person = (await people.OfMembers([member], cancel)).GetValueOrDefault(member)?.PersonId;
        return person is { } found && await people.MayActFor(caller.PersonId, found, FamilyRights.Notices, cancel) ? found : null;
    }

    /// <summary>Versions to be shown, with what is known of them in the province's system.</summary>
    public static async Task<List<RecordItem>> Show(this PhoenixDb db, List<ServiceRecord> versions, CancellationToken cancel)
    {
        var ids = versions.ConvertAll(v => v.Id);
        var entries = await db.Set<ProvinceEntry>().AsNoTracking().Where(e => ids.Contains(e.VersionId)).ToDictionaryAsync(e => e.VersionId, cancel);
        return versions.ConvertAll(v => RecordItem.Of(v, entries.GetValueOrDefault(v.Id)));
    }

    /// <summary>The place of an item.</summary>
    public static RecordCursor Cursor(RecordItem item) => new(item.StartAt, item.VersionId);
}
