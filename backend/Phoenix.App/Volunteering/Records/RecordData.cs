using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Records.Corrections;
using Phoenix.App.Volunteering.Records.Growth;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>
/// The module's part of a person's rights. Records, trainings and awards are given out and stay: the law keeps them 10 years (令67), under the pseudonym.
/// What somebody wrote when asking for a correction goes with the account.
/// </summary>
internal sealed class RecordData(PhoenixDb db, ICommunityCalendar calendar, Clock clock) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var records = await db.Set<ServiceRecord>().AsNoTracking().Where(r => r.PersonId == personId).OrderByDescending(r => r.StartAt).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var asked = await db.Set<Correction>().AsNoTracking().Where(c => c.PersonId == personId).OrderByDescending(c => c.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var entries = await db.Set<VolunteerEntry>().AsNoTracking().Where(e => e.PersonId == personId).OrderByDescending(e => e.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            new PersonalSection("我的服务记录", ["日期", "活动", "地点", "内容", "时长（分钟）", "凤凰币", "组织单位", "负责人", "状态"], records.ConvertAll(r => (IReadOnlyList<string>)
                [$"{r.Day:yyyy-MM-dd}", r.ActivityName, r.Place, r.Content, $"{r.Minutes}", $"{r.Coins}", r.Organiser, r.PersonInCharge, StateOf(r)])),
            new PersonalSection("我的更正申请", ["日期", "说明", "答复"], asked.ConvertAll(c => (IReadOnlyList<string>)[$"{calendar.Time.DayOf(c.AskedAt):yyyy-MM-dd}", c.Text, c.Answer ?? ""])),
            new PersonalSection("我的培训和表彰", ["日期", "名称", "单位"], entries.ConvertAll(e => (IReadOnlyList<string>)[$"{e.Day:yyyy-MM-dd}", e.Title, e.Giver])),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure != Departure.Account)
            return;
        foreach (var correction in await db.Set<Correction>().Where(c => (c.AskedBy == personId || c.PersonId == personId) && c.Text != "").ToListAsync(cancel))
        {
            if (correction.State == CorrectionState.Asked)
                (correction.State, correction.EndedAt) = (CorrectionState.Withdrawn, clock.Now);
            correction.Text = "";
        }
    }

    private static string StateOf(ServiceRecord r) => r.Ending switch
    {
        RecordEnding.Corrected => "已更正",
        RecordEnding.Voided => "已作废",
        _ => "有效",
    };
}
