using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Verifying.Appeals;

/// <summary>A person's appeals and limits, to be given out; what they wrote goes with the account, and an appeal that waits goes with it.</summary>
internal sealed class AppealData(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var appeals = await db.Set<NoShowAppeal>().AsNoTracking().Where(a => a.PersonId == personId).OrderByDescending(a => a.AskedAt).ThenBy(a => a.SignupId).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var limits = await db.Set<SignupLimit>().AsNoTracking().Where(l => l.PersonId == personId).OrderByDescending(l => l.From).ThenBy(l => l.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            new PersonalSection("我的没来申诉", ["日期", "说明", "答复"], appeals.ConvertAll(a => (IReadOnlyList<string>)[Day(a.AskedAt), a.Text, a.Answer ?? ""])),
            new PersonalSection("我的报名限制", ["开始", "到", "原因", "恢复"], limits.ConvertAll(l => (IReadOnlyList<string>)[Day(l.From), Day(l.Until), l.Reason, l.LiftReason ?? ""])),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure != Departure.Account)
            return;
        foreach (var appeal in await db.Set<NoShowAppeal>().Where(a => a.PersonId == personId || a.AskedBy == personId).ToListAsync(cancel))
            if (appeal.AnsweredAt is null)
                db.Remove(appeal);
            else
                appeal.Text = "";
    }

    private string Day(DateTimeOffset at) => $"{calendar.Time.DayOf(at):yyyy-MM-dd}";
}
