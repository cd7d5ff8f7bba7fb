using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>A line of the loan log as staff see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ItemId">What is lent.</param>
/// <param name="MemberId">Who borrows; null for somebody who isn't a member, or once forgotten.</param>
/// <param name="Borrower">What they are called; null once forgotten.</param>
/// <param name="Phone">Of somebody who isn't a member; only for staff and social workers.</param>
/// <param name="LentAt">When it was handed out.</param>
/// <param name="LentBy">By whom, as the neighbours call them.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Extensions">How often the day was put off.</param>
/// <param name="IsOverdue">Whether it is out and the day is past.</param>
/// <param name="ReturnedAt">When it came back; null while it is out.</param>
/// <param name="ReturnedTo">Who took it back.</param>
/// <param name="Condition">How it came back.</param>
/// <param name="Note">What was said about it.</param>
/// <param name="MayHandle">Whether the caller may extend it or take it back: it is out and isn't their own or the family's.</param>
public sealed record LoanView(
    Guid Id, Guid ItemId, Guid? MemberId, string? Borrower, string? Phone, DateTimeOffset LentAt, string LentBy, DateOnly DueOn, int Extensions, bool IsOverdue,
    DateTimeOffset? ReturnedAt, string? ReturnedTo, ReturnCondition? Condition, string? Note, bool MayHandle);

/// <summary>An item as staff see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">What is stuck on it.</param>
/// <param name="Name">What it is.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="StationId">The station where it stands; null where it is in words.</param>
/// <param name="Place">Where it stands, in words, of a station too.</param>
/// <param name="Note">What colleagues should know.</param>
/// <param name="State">Whether it can be lent.</param>
/// <param name="Loan">Who has it; null while it is in.</param>
/// <param name="Version">Of its last edit.</param>
public sealed record EquipmentView(Guid Id, int Number, string Name, EquipmentKind Kind, Guid? StationId, string Place, string? Note, EquipmentState State, LoanView? Loan, int Version);

/// <summary>Puts names and places to items and loans.</summary>
internal sealed class EquipmentReader(PhoenixDb db, EquipmentDesk desk, IPeople people, KeyRing keys, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>The last day of the community that isn't over.</summary>
    public DateOnly Today => calendar.Time.DayOf(clock.Now);

    /// <summary>An item with its open loan, afresh; looks at a minor are noted. The caller saves.</summary>
    public async Task<EquipmentView> Show(EquipmentItem item, EquipmentLoan? open, Caller caller, CancellationToken cancel) => (await Show([(item, open)], caller, cancel))[0];

    /// <summary>The same for many.</summary>
    public async Task<IReadOnlyList<EquipmentView>> Show(IReadOnlyList<(EquipmentItem Item, EquipmentLoan? Loan)> rows, Caller caller, CancellationToken cancel)
    {
        var places = await Places([.. rows.Select(r => r.Item)], cancel);
        var loans = (await Loans([.. rows.Select(r => r.Loan).OfType<EquipmentLoan>()], caller, cancel)).ToDictionary(l => l.Id);
        return [.. rows.Select(r => new EquipmentView(
            r.Item.Id, r.Item.Number, r.Item.Name, r.Item.Kind, r.Item.StationId, places[r.Item.Id], r.Item.Note, r.Item.State, r.Loan is { } loan ? loans[loan.Id] : null, r.Item.Version))];
    }

    /// <summary>Lines of the log; looks at a minor are noted. The caller saves.</summary>
    public async Task<IReadOnlyList<LoanView>> Loans(IReadOnlyList<EquipmentLoan> loans, Caller caller, CancellationToken cancel)
    {
        if (loans.Count == 0)
            return [];
        var borrowers = loans.Select(l => l.BorrowerId).OfType<Guid>().Distinct().ToList();
        await people.LogLooks(caller.PersonId, borrowers, "equipment-loans", cancel);
        var heads = await people.OfPersons([.. borrowers.Concat(loans.Select(l => l.LentBy)).Concat(loans.Select(l => l.ReturnedTo).OfType<Guid>()).Distinct()], cancel);
        var (own, today, seesPhone) = (await desk.Own(caller.PersonId, cancel), Today, caller.Is(Role.Staff) || caller.Is(Role.SocialWorker));
        return [.. loans.Select(l =>
        {
            var head = l.BorrowerId is { } member ? heads.GetValueOrDefault(member) : null;
            var walkIn = l.Open(keys);
            return new LoanView(
                l.Id, l.ItemId, head?.MemberId, head?.Name ?? walkIn?.Name, seesPhone ? walkIn?.Phone : null, l.LentAt, heads.GetValueOrDefault(l.LentBy)?.Name ?? "社区工作人员", l.DueOn, l.Extensions,
                l.IsOpen && l.DueOn < today, l.ReturnedAt, l.ReturnedTo is { } to ? heads.GetValueOrDefault(to)?.Name ?? "社区工作人员" : null, l.Condition, l.Note, l.IsOpen && !EquipmentDesk.IsOwn(l, own));
        })];
    }

    /// <summary>Where each item stands, in words, by item.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Places(IReadOnlyList<EquipmentItem> items, CancellationToken cancel)
    {
        var ids = items.Select(i => i.StationId).OfType<Guid>().Distinct().ToList();
        var stations = ids.Count == 0 ? [] : await db.Set<Station>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => $"{s.Name}（{s.Address}）", cancel);
        return items.ToDictionary(i => i.Id, i => i.StationId is { } station ? stations[station] : i.Place!);
    }
}
