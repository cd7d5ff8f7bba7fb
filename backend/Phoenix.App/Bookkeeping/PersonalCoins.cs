using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Bookkeeping;

/// <summary>A member's coins, for the person; the reasons people wrote, to be erased. The postings stay: they name only a pseudonym.</summary>
internal sealed class PersonalCoins(PhoenixDb db, LedgerReads reads, IPeople people, ICommunityCalendar calendar) : IPersonalData, IClosingCheck
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        if (await MemberOf(personId, cancel) is not { } member)
            return [];
        var coins = await reads.CoinsNow(db.Scope.CommunityId, member, Asset.Coin, cancel);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var lot in coins.Lots)
            await AddHistory(rows, member, lot.ExpiresOn, cancel);
        return
        [
            new PersonalSection("凤凰币（现有）", ["到期日", "枚数"], [.. coins.Lots.Select(l => (IReadOnlyList<string>)[Day(l.ExpiresOn), Number(l.Amount)])]),
            new PersonalSection("凤凰币的来去（现有各批）", ["时间", "变动", "变动后", "依据", "说明"], rows),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure == Departure.Account && await MemberOf(personId, cancel) is { } member)
            await TextErasure.Run(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), db.Scope.CommunityId, member, cancel);
    }

    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel) =>
        await MemberOf(personId, cancel) is { } member && (await reads.CoinsNow(db.Scope.CommunityId, member, Asset.Coin, cancel)).Held > 0
            ? ["还有留着没取的兑换，请取走或取消后再来。"]
            : [];

    private async Task AddHistory(List<IReadOnlyList<string>> rows, Guid member, DateOnly expires, CancellationToken cancel)
    {
        long? before = null;
        while (rows.Count < PersonalSection.MaxRows)
        {
            var page = await reads.History(db.Scope.CommunityId, AccountKey.Lot(member, expires), before, LedgerReads.MaxPage, cancel);
            if (!page.TryGet(out var entries, out _) || entries.Count == 0)
                return;
            rows.AddRange(entries.Select(e => (IReadOnlyList<string>)[$"{Day(calendar.Time.DayOf(e.At))} {calendar.Time.TimeOf(e.At):HH\\:mm}", Number(e.Change), Number(e.After), e.Rule, e.Text ?? ""]));
            before = entries[^1].Seq;
        }
    }

    private async Task<Guid?> MemberOf(Guid person, CancellationToken cancel) => (await people.OfPersons([person], cancel)).TryGetValue(person, out var head) ? head.MemberId : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long amount) => amount.ToString(CultureInfo.InvariantCulture);
}
