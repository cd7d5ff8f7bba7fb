using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Records;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>What was written, and what wasn't.</summary>
/// <param name="Done">Lines with their records.</param>
/// <param name="Refused">Lines that weren't recorded, with why; nothing of them was changed.</param>
internal sealed record Written(IReadOnlyList<(VerifyLine Line, ServiceRecordHead Head)> Done, IReadOnlyList<(VerifyLine Line, Error Why)> Refused)
{
    public int Minutes => Done.Sum(d => d.Head.Minutes);

    public long Coins => Done.Sum(d => d.Head.Coins);
}

/// <summary>
/// Writes records and coins of lines together, in the caller's transaction and under the locks of community and shift; the last thing in it, as it locks
/// the journal's head.
/// </summary>
internal sealed class RecordWriter(
    PhoenixDb db, IServiceRecordBook book, IPeople people, IUnits units, CoinRuleBook rules, NeedShifts needs, ICommunityCalendar calendar, IFundGate gate, LedgerPoster poster, INotifications notifications)
{
    /// <summary>
    /// Writes the records, calls <paramref name="done"/> for each line that has one, adds the coins to what the activity issued, tells everybody, posts.
    /// </summary>
    /// <param name="activity">Tracked.</param>
    /// <param name="shift">The shift.</param>
    /// <param name="lines">At most <see cref="ServiceRecordLimits.AtOnce"/>.</param>
    /// <param name="by">Who verifies: none of the lines is theirs.</param>
    /// <param name="done">Moves the attendance and the sign-up on.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>What was written, or, with nothing to be kept, <see cref="BudgetShort"/>, <see cref="VerifyPaused"/>, the fund's or the ledger's refusal.</returns>
    public async Task<Result<Written>> Write(Activity activity, Shift shift, IReadOnlyList<VerifyLine> lines, Guid by, Action<VerifyLine> done, CancellationToken cancel)
    {
        var drafts = await Draft(activity, shift, lines, by, cancel);
        var results = await book.WriteAll(drafts, cancel);
        var (written, refused) = (new List<(VerifyLine, ServiceRecordHead Head)>(), new List<(VerifyLine, Error)>());
        for (var i = 0; i < lines.Count; i++)
        {
            if (!results[i].TryGet(out var head, out var why))
            {
                refused.Add((lines[i], why));
                continue;
            }

            done(lines[i]);
            written.Add((lines[i], head));
        }

        var outcome = new Written(written, refused);
        if (await Spend(activity, outcome.Coins, cancel) is { } over)
            return over;
        await Tell(activity, outcome, cancel);
        return await Post([.. written.Select(w => w.Head.Posting).OfType<LedgerRequest>()], cancel) is { } refusal ? refusal : outcome;
    }

    /// <summary>What would be written. Coins by the shift's rule, within the day's cap; who has left gets hours without coins, as nobody could use them, and so does whom the shift helps.</summary>
    public async Task<IReadOnlyList<NewServiceRecord>> Draft(Activity activity, Shift shift, IReadOnlyList<VerifyLine> lines, Guid by, CancellationToken cancel)
    {
        var rule = await RuleOf(activity, shift, cancel);
        var persons = lines.Select(l => l.Attendance.PersonId).ToList();
        var heads = await people.OfPersons(shift.LeaderId is { } leader ? [.. persons, leader] : persons, cancel);
        var served = await units.SnapshotsOf(persons, calendar.Time.DayOf(shift.StartsAt), cancel);
        var helped = await needs.Helped(shift.Id, persons, cancel);
        var earned = await Earned(persons, lines, cancel);
        var inCharge = shift.LeaderId is { } id && heads.GetValueOrDefault(id) is { HasLeft: false } known ? known.Name : activity.ContactName ?? activity.HostedBy ?? "";
        var drafts = new List<NewServiceRecord>(lines.Count);
        foreach (var line in lines)
        {
            var (person, (start, end)) = (line.Attendance.PersonId, line.Span);
            var isHoursOnly = rule is null || line.HoursOnly || heads.GetValueOrDefault(person) is null or { HasLeft: true } || helped.Contains(person);
            var unit = served.GetValueOrDefault(person);
            drafts.Add(new NewServiceRecord
            {
                PersonId = person,
                MemberId = line.Attendance.MemberId,
                ActivityId = activity.Id,
                ActivityName = activity.Title,
                ShiftId = shift.Id,
                AttendanceId = line.Attendance.Id,
                Start = start,
                End = end,
                Place = Cut(shift.Address, ServiceRecord.MaxPlaceLength),
                Content = Cut(activity.Description, ServiceRecord.MaxContentLength),
                Minutes = line.Minutes,
                Organiser = activity.OrganiserName ?? activity.HostedBy ?? "",
                PersonInCharge = inCharge,
                Grade = line.Grade,
                HoursOnly = isHoursOnly,
                Coins = isHoursOnly ? 0 : rule!.CoinsFor(line.Minutes, earned.GetValueOrDefault((person, calendar.Time.DayOf(start)))),
                CoinRuleVersion = isHoursOnly ? null : rule!.Version,
                UnitId = unit?.UnitId,
                UnitName = unit?.Name,
                WrittenBy = by,
            });
        }

        return drafts;
    }

    private async Task<CoinRule?> RuleOf(Activity activity, Shift shift, CancellationToken cancel) =>
        activity.IsHoursOnly || shift.CoinRuleVersion is not { } version ? null : (await rules.All(cancel)).Single(r => r.Version == version);

    /// <summary>What people earned by other service on the days of these lines.</summary>
    private async Task<Dictionary<(Guid, DateOnly), long>> Earned(List<Guid> persons, IReadOnlyList<VerifyLine> lines, CancellationToken cancel)
    {
        var days = lines.Select(l => calendar.Time.DayOf(l.Span.Start)).Distinct().ToList();
        var sums = await db.Set<ServiceRecord>().Where(r => persons.Contains(r.PersonId) && days.Contains(r.Day) && r.Ending == null)
            .GroupBy(r => new { r.PersonId, r.Day }).Select(g => new { g.Key.PersonId, g.Key.Day, Coins = g.Sum(r => r.Coins) }).ToListAsync(cancel);
        return sums.ToDictionary(s => (s.PersonId, s.Day), s => s.Coins);
    }

    /// <summary>Coins come out of the activity's promise. What is above it, within the budget, must pass the fund gate like every promise.</summary>
    private async Task<Error?> Spend(Activity activity, long coins, CancellationToken cancel)
    {
        var issued = activity.IssuedCoins + coins;
        if (coins == 0)
            return null;
        if (issued > activity.BudgetCoins.GetValueOrDefault())
            return new BudgetShort(issued - activity.BudgetCoins.GetValueOrDefault());
        if (issued > activity.PromisedCoins)
        {
            if ((await gate.Admit(issued - activity.PromisedCoins, cancel)).Error is { } refusal)
                return refusal;
            activity.PromisedCoins = issued;
        }

        activity.IssuedCoins = issued;
        return null;
    }

    private async Task Tell(Activity activity, Written written, CancellationToken cancel)
    {
        var here = (await people.OfPersons([.. written.Done.Select(d => d.Head.PersonId)], cancel)).Values.Where(h => !h.HasLeft).Select(h => h.PersonId).ToHashSet();
        var notices = written.Done.Where(d => here.Contains(d.Head.PersonId)).Select(d => new Notice(
            d.Head.PersonId, $"record-written:{d.Head.RecordId:N}",
            new RecordWritten(activity.Title, calendar.Time.DayOf(d.Line.Span.Start), d.Head.Minutes, new Coins(d.Head.Coins)), $"packages/volunteer/record/record?id={d.Head.RecordId}"));
        foreach (var some in notices.Chunk(NoticeLimits.Batch))
            await notifications.TellAll(some, cancel);
    }

    // One PostIn takes a batch; several in one transaction count together or not at all.
    private async Task<Error?> Post(List<LedgerRequest> coins, CancellationToken cancel)
    {
        foreach (var some in coins.Chunk(LedgerLimits.MaxBatch))
            if ((await poster.PostIn(db, some, cancel)).Error is { } refusal)
                return refusal is IssueFrozen ? new VerifyPaused() : refusal;
        return null;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
