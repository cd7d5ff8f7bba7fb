using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>The module's part of a person's rights: certificates are given out with their number and period; with the account goes what names the holder.</summary>
internal sealed class CertificateData(PhoenixDb db, KeyRing keys) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var mine = await db.Set<Certificate>().AsNoTracking().Where(c => c.PersonId == personId).OrderByDescending(c => c.IssuedAt).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            new PersonalSection("我的证明", ["编号", "姓名", "证件号码", "开始", "结束", "时长（分钟）", "学校班级"],
                mine.ConvertAll(c => (IReadOnlyList<string>)[c.Number, c.OpenName(keys) ?? "", c.OpenIdNumber(keys) ?? "", $"{c.FirstDay:yyyy-MM-dd}", $"{c.LastDay:yyyy-MM-dd}", $"{c.Minutes}", c.School ?? ""])),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure != Departure.Account)
            return;
        foreach (var certificate in await db.Set<Certificate>().Where(c => c.PersonId == personId && c.HolderName != "").ToListAsync(cancel))
            (certificate.HolderName, certificate.IdNumber, certificate.School) = ("", "", null);
    }
}
