using Phoenix.App.Community;
using Phoenix.App.Volunteering.Needs;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Deadlines in the community's working days.</summary>
public sealed class RecordDeadlines(ICommunityCalendar calendar)
{
    /// <summary>A record is written within so many working days after the service (令67 art 11).</summary>
    public const int RecordWithinWorkingDays = 10;

    /// <summary>A question about a record is answered within so many working days. The law says 及时 (令67 art 13); this is the community's promise.</summary>
    public const int AnswerWithinWorkingDays = 5;

    // The longest holidays take 9 days; 10 working days never span more than this.
    private const int LongestSpanDays = 40;

    /// <summary>The last day for the record of service that ended then.</summary>
    public Task<DateOnly> OfRecord(DateTimeOffset end, CancellationToken cancel) => After(end, RecordWithinWorkingDays, cancel);

    /// <summary>The last day for the answer to a question asked then.</summary>
    public Task<DateOnly> OfAnswer(DateTimeOffset asked, CancellationToken cancel) => After(asked, AnswerWithinWorkingDays, cancel);

    /// <summary>The last day for a first look at a need that was raised then.</summary>
    public Task<DateOnly> OfTriage(DateTimeOffset raised, CancellationToken cancel) => After(raised, Need.TriageWithinWorkingDays, cancel);

    private async Task<DateOnly> After(DateTimeOffset instant, int workingDays, CancellationToken cancel)
    {
        var day = calendar.Time.DayOf(instant);
        return (await calendar.WorkingDays(day, day.AddDays(LongestSpanDays), cancel)).Add(day, workingDays);
    }
}
