using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Identity.Volunteers;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>This module's own part of a person's rights.</summary>
internal sealed class OwnData(PhoenixDb db, BirthDates births, IPeople people, KeyRing keys, ICommunityCalendar calendar, Clock clock) : IPersonalData
{
    /// <summary>What others read in place of a name.</summary>
    public const string NameOfLeft = "已退出的居民";

    /// <summary>What others read in place of a name when the account is closed.</summary>
    public const string NameOfClosed = "已注销的居民";

    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var phones = await db.Set<Phone>().AsNoTracking().Where(p => p.PersonId == personId).OrderBy(p => p.State).ToListAsync(cancel);
        var details = await db.Set<PersonDetails>().AsNoTracking().FirstOrDefaultAsync(d => d.PersonId == personId, cancel);
        return
        [
            await Profile(personId, cancel),
            new PersonalSection("手机号", ["号码", "状态", "登记时间"], [.. phones.Select(p => (IReadOnlyList<string>)[PhoneNumbers.Dialled(p.Open(keys)), p.State == PhoneState.Confirmed ? "已核实" : "待核实", When(p.GivenAt)])]),
            new PersonalSection("志愿者信息", ["项目", "内容"], details is null ? [] : Rows(details)),
            await Family(personId, cancel),
            await Consents(personId, cancel),
            new PersonalSection("登录过的设备", ["登录时间", "最近使用", "是否退出"],
                [.. (await db.Set<Sessions.Session>().AsNoTracking().Where(s => s.PersonId == personId).OrderByDescending(s => s.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel))
                    .Select(s => (IReadOnlyList<string>)[When(s.CreatedAt), When(s.UsedAt), s.EndedAt is null ? "否" : "是"])]),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        var now = clock.Now;
        if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == personId, cancel) is { } member)
        {
            (member.DisplayName, member.Building) = (departure == Departure.Account ? NameOfClosed : NameOfLeft, null);
            member.LeftAt ??= now;
        }

        foreach (var link in await db.Set<Guardianship>().Where(g => (g.GuardianId == personId || g.ChildId == personId) && g.EndedAt == null).ToListAsync(cancel))
            (link.EndedAt, link.EndReason) = (now, GuardianshipEnd.Departed);
        foreach (var link in await db.Set<FamilyLink>().Where(f => (f.PrincipalId == personId || f.HelperId == personId) && f.EndedAt == null).ToListAsync(cancel))
            link.EndedAt = now;
        await db.SaveChangesAsync(cancel);
        await db.Set<PersonDetails>().Where(d => d.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Set<FamilyCode>().Where(c => c.SubjectId == personId || c.MadeBy == personId).ExecuteDeleteAsync(cancel);
        await db.Set<RoleGrant>().Where(g => g.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Set<Deputy>().Where(d => (d.PrincipalId == personId || d.DeputyId == personId) && d.EndedAt == null).ExecuteUpdateAsync(u => u.SetProperty(d => d.EndedAt, now), cancel);
        await db.Set<RequestRecord>().Where(r => r.CommunityId == db.Scope.CommunityId && r.PersonId == personId && r.Response != null).ExecuteDeleteAsync(cancel);
    }

    private async Task<PersonalSection> Profile(Guid personId, CancellationToken cancel)
    {
        var member = await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.PersonId == personId, cancel);
        var volunteer = await db.Set<Volunteer>().AsNoTracking().FirstOrDefaultAsync(v => v.PersonId == personId, cancel);
        var birth = await births.Of(personId, cancel);
        var rows = new List<IReadOnlyList<string>>();
        Add("称呼", member?.DisplayName);
        Add("楼栋", member?.Building);
        Add("加入时间", member is null ? null : When(member.JoinedAt));
        Add("出生日期", birth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("志愿者编号", volunteer?.Number);
        Add("微信", await db.Set<Sessions.WeChatAccount>().AnyAsync(a => a.PersonId == personId, cancel) ? "已绑定（只保存识别码，加密）" : "未绑定");
        return new PersonalSection("我的资料", ["项目", "内容"], rows);

        void Add(string label, string? text)
        {
            if (text is not null)
                rows.Add([label, text]);
        }
    }

    private IReadOnlyList<IReadOnlyList<string>> Rows(PersonDetails details) =>
    [
        ["姓名", details.Open(keys, "real_name")!],
        ["证件类型", PersonalWords.Of(details.IdKind)],
        ["证件号", details.Open(keys, "id_number")!],
        ["性别", PersonalWords.Of(Enum.Parse<Gender>(details.Open(keys, "gender")!))],
        ["居住区域", details.Open(keys, "area") ?? ""],
        ["专业技能和服务类别", details.Open(keys, "skills") ?? ""],
    ];

    private async Task<PersonalSection> Family(Guid personId, CancellationToken cancel)
    {
        var guards = await db.Set<Guardianship>().AsNoTracking().Where(g => g.GuardianId == personId || g.ChildId == personId).OrderBy(g => g.Id).ToListAsync(cancel);
        var links = await db.Set<FamilyLink>().AsNoTracking().Where(f => f.PrincipalId == personId || f.HelperId == personId).OrderBy(f => f.Id).ToListAsync(cancel);
        var heads = await people.OfPersons([.. guards.Select(g => g.GuardianId == personId ? g.ChildId : g.GuardianId), .. links.Select(f => f.HelperId == personId ? f.PrincipalId : f.HelperId)], cancel);
        return new PersonalSection("家长与家人", ["关系", "对方", "开始", "结束"],
        [
            .. guards.Select(g => (IReadOnlyList<string>)[g.GuardianId == personId ? "我是家长" : $"我的家长（{PersonalWords.Of(g.Relation)}）", Name(g.GuardianId == personId ? g.ChildId : g.GuardianId), When(g.Since), g.EndedAt is { } end ? When(end) : ""]),
            .. links.Select(f => (IReadOnlyList<string>)[f.HelperId == personId ? "我帮家人" : "家人帮我", Name(f.HelperId == personId ? f.PrincipalId : f.HelperId), When(f.Since), f.EndedAt is { } end ? When(end) : ""]),
        ]);

        string Name(Guid person) => heads.TryGetValue(person, out var head) ? head.Name : "";
    }

    private async Task<PersonalSection> Consents(Guid personId, CancellationToken cancel)
    {
        var consents = await db.Set<MinorConsent>().AsNoTracking().Where(c => c.ChildId == personId || c.GivenBy == personId).OrderBy(c => c.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return new PersonalSection("未成年人同意记录", ["阶段", "谁同意", "时间", "撤回时间"],
            [.. consents.Select(c => (IReadOnlyList<string>)[c.Stage == ConsentStage.UnderFourteen ? "未满 14 周岁" : "满 14 周岁", c.GivenBy == personId ? "本人" : "家长", When(c.GivenAt), c.WithdrawnAt is { } end ? When(end) : ""])]);
    }

    private string When(DateTimeOffset at) => $"{calendar.Time.DayOf(at):yyyy-MM-dd} {calendar.Time.TimeOf(at):HH\\:mm}";
}
