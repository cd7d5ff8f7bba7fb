using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>How sure it is that somebody served so long.</summary>
public enum EvidenceGrade
{
    /// <summary>扫码: scanned in and out.</summary>
    A,

    /// <summary>负责人登记: the leader's roster, or a venue's code with a head count.</summary>
    B,

    /// <summary>补录: entered afterwards, by two people.</summary>
    C,
}

/// <summary>
/// A service record to be written: what 民政部令67号 art 7 asks for, with where it comes from. Texts are snapshots: a later change of the activity changes no
/// record. What isn't so is a bug of the caller: minutes rounded down to 5 and no more than between start and end, hours only without coins.
/// </summary>
public sealed record NewServiceRecord
{
    /// <summary>Who served.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Their pseudonym here, whose coins they are.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The activity; null for service outside of one.</summary>
    public Guid? ActivityId { get; init; }

    /// <summary>Its name then.</summary>
    public required string ActivityName { get; init; }

    /// <summary>The shift.</summary>
    public Guid? ShiftId { get; init; }

    /// <summary>The attendance, of which there is one record.</summary>
    public Guid? AttendanceId { get; init; }

    /// <summary>From when, clipped to the shift. These minutes count once per person, in all communities.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Until when, exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Where.</summary>
    public required string Place { get; init; }

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>Minutes actually given, a multiple of 5.</summary>
    public required int Minutes { get; init; }

    /// <summary>The organising unit.</summary>
    public required string Organiser { get; init; }

    /// <summary>The person in charge, by name.</summary>
    public required string PersonInCharge { get; init; }

    /// <summary>How sure it is.</summary>
    public required EvidenceGrade Grade { get; init; }

    /// <summary>只记时长.</summary>
    public bool HoursOnly { get; init; }

    /// <summary>Coins for it; 0 for none.</summary>
    public long Coins { get; init; }

    /// <summary>The version of the coin rule by which they were counted; null where there are none.</summary>
    public int? CoinRuleVersion { get; init; }

    /// <summary>For which unit the person served.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Its name then.</summary>
    public string? UnitName { get; init; }

    /// <summary>Who verified it; never the person (hard rule 5).</summary>
    public required Guid WrittenBy { get; init; }
}

/// <summary>A record as it stands.</summary>
/// <param name="RecordId">The record's id, which stays through corrections.</param>
/// <param name="VersionId">The version's id.</param>
/// <param name="PersonId">Whose.</param>
/// <param name="AttendanceId">Of which attendance.</param>
/// <param name="Minutes">Minutes given.</param>
/// <param name="Coins">Coins for it.</param>
/// <param name="InTime">Whether it was written within 10 working days (令67 art 11).</param>
/// <param name="Posting">
/// What the caller posts last in the same transaction (<c>LedgerPoster.PostIn</c>); null without coins. Its request id follows from the version, by which a
/// correction finds it again.
/// </param>
public sealed record ServiceRecordHead(Guid RecordId, Guid VersionId, Guid PersonId, Guid? AttendanceId, int Minutes, long Coins, bool InTime, LedgerRequest? Posting);

/// <summary>The service records of the community in scope.</summary>
public interface IServiceRecordBook
{
    /// <summary>Writes one in the caller's unit of work; see <see cref="WriteAll"/>.</summary>
    Task<Result<ServiceRecordHead>> Write(NewServiceRecord record, CancellationToken cancel);

    /// <summary>
    /// Writes records in the caller's unit of work and saves; each by itself: what is refused isn't written, the others are. Refused with
    /// <see cref="OwnRecord"/>, <see cref="MinuteCountedAlready"/> (with another record of the person, in whatever community, or earlier in the list),
    /// <see cref="AlreadyRecorded"/>. The same minutes written elsewhere at the same moment end the transaction as a duplicate, which
    /// <c>UnitOfWork.Once</c> runs again. Post each head's <see cref="ServiceRecordHead.Posting"/> afterwards.
    /// </summary>
    /// <param name="records">At most <see cref="ServiceRecordLimits.AtOnce"/>.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>As many answers, in order.</returns>
    /// <exception cref="ArgumentException">One isn't as <see cref="NewServiceRecord"/> says.</exception>
    Task<IReadOnlyList<Result<ServiceRecordHead>>> WriteAll(IReadOnlyList<NewServiceRecord> records, CancellationToken cancel);

    /// <summary>The live records of attendances; without one, absent.</summary>
    Task<IReadOnlyDictionary<Guid, ServiceRecordHead>> OfAttendances(IReadOnlyCollection<Guid> attendanceIds, CancellationToken cancel);

    /// <summary>The last day on which a record of service that ended then is in time: 10 working days (令67 art 11).</summary>
    Task<DateOnly> DeadlineOf(DateTimeOffset end, CancellationToken cancel);
}

/// <summary>Limits of <see cref="IServiceRecordBook"/>.</summary>
public static class ServiceRecordLimits
{
    /// <summary>Most records written at once.</summary>
    public const int AtOnce = 1_000;
}

/// <summary>The service of a month, for everybody to read: no figure is of fewer than five people (product.md, "Board").</summary>
/// <param name="Month">Which, by the day of the service.</param>
/// <param name="Minutes">Minutes that were recorded; null where too few people served.</param>
/// <param name="People">How many different people served; null where too few.</param>
/// <param name="PeopleServed">People served, as leaders counted them.</param>
public sealed record ServiceMonth(Month Month, long? Minutes, int? People, long PeopleServed);

/// <summary>A kind of help in a month.</summary>
/// <param name="Kind">In words: 一老一小.</param>
/// <param name="Minutes">Service that was recorded, in minutes.</param>
/// <param name="PeopleServed">People served, as leaders counted them.</param>
public sealed record ServiceKind(string Kind, long Minutes, long PeopleServed);

/// <summary>Public figures of the service in the community in scope.</summary>
public interface IServiceFigures
{
    /// <summary>From how many people on a public figure is told (product.md, "Board": k of at least 5).</summary>
    const int FewestPeople = 5;

    /// <summary>Every month of the span, both included, quiet ones too; earliest first.</summary>
    Task<IReadOnlyList<ServiceMonth>> Between(Month from, Month to, CancellationToken cancel);

    /// <summary>
    /// The kinds of help of a month, in their fixed order. Where the kinds that are left out came from too few people together, the smallest one that could be
    /// told is left out as well: otherwise the month's sum less what is told would tell it.
    /// </summary>
    Task<IReadOnlyList<ServiceKind>> KindsOf(Month month, CancellationToken cancel);
}
