using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Cards;

/// <summary>What is kept about somebody's cards and how they were entered: given out, and ended when they go.</summary>
internal sealed class CardData(PhoenixDb db, CardBook book, KeyRing keys, IAuditLog audit, Clock clock) : IPersonalData
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var cards = await db.Set<ElderCard>().AsNoTracking().Where(c => c.PersonId == personId).OrderBy(c => c.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var entry = await db.Set<ElderEntry>().AsNoTracking().FirstOrDefaultAsync(e => e.PersonId == personId, cancel);
        var sections = new List<PersonalSection>();
        if (entry is not null)
            sections.Add(new PersonalSection("代为登记", ["登记时间", "出生年份"], [[Day(entry.EnteredAt), entry.BirthYear is { } year ? keys.Decrypt(year, ElderEntry.BirthYearPlace(personId)) : ""]]));
        if (cards.Count > 0)
            sections.Add(new PersonalSection("我的卡", ["卡号", "发卡", "停用"], [.. cards.Select(c => (IReadOnlyList<string>)[book.Masked(c), Day(c.IssuedAt), Day(c.RevokedAt)])]));
        return sections;
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (await db.Set<ElderCard>().FirstOrDefaultAsync(c => c.PersonId == personId && c.RevokedAt == null, cancel) is { } card)
        {
            card.RevokedAt = clock.Now;
            audit.Write("card.revoked", $"card:{card.Id:N}", personId);
        }

        if (departure == Departure.Account && await db.Set<ElderEntry>().FirstOrDefaultAsync(e => e.PersonId == personId, cancel) is { } entry)
            entry.BirthYear = null;
        await db.SaveChangesAsync(cancel);
    }

    private static string Day(DateTimeOffset? at) => at is { } instant ? CommunityTime.Shanghai.DayOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}
