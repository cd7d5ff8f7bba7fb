using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Units;

/// <summary>离任交接: the units for which a leaving colleague spoke have the successor as their contact. Their codes are over: the leaver knows them.</summary>
internal sealed class MoveUnitContacts(PhoenixDb db, UnitBook book, IJoinCodes codes) : IHandOverPart
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Move(Guid from, Guid to, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var moved = new List<string>();
        foreach (var contact in await db.Set<UnitContact>().Where(c => c.PersonId == from).ToListAsync(cancel))
        {
            await book.AddContact(contact.UnitId, to, null, cancel);
            await book.RemoveContact(contact, null, cancel);
            await codes.End(JoinPurpose.Unit, contact.UnitId, cancel);
            moved.Add($"单位联系人：{await db.Set<Unit>().Where(u => u.Id == contact.UnitId).Select(u => u.Name).SingleAsync(cancel)}");
        }

        return moved;
    }
}
