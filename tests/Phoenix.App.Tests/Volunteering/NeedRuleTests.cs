using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Family;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Identity;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>求助: who may ask for whom and how often, who sees what, who earns nothing, and what is forgotten.</summary>
public sealed class NeedRuleTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Three_are_open_at_a_time_and_five_a_day_of_the_community(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, wangId) = await world.Neighbour("王奶奶");
        List<NeedView> asked = [await wang.Raised(), await wang.Raised(), await wang.Raised()];
        (await wang.Post("needs", Asking.Form())).Refused(HttpStatusCode.Conflict, "need.too_many_open");
        (await world.Staff.Post("staff/needs", Asking.Form(wangId))).Refused(HttpStatusCode.Conflict, "need.too_many_open");
        foreach (var need in asked)
            (await wang.Post($"needs/{need.Id}/withdrawal")).Ok<NeedView>();
        await wang.Raised();
        await wang.Raised();
        (await wang.Post("needs", Asking.Form())).Refused(HttpStatusCode.Conflict, "need.too_many_today");
        (await world.Staff.Post("staff/needs", Asking.Form(wangId))).Ok<NeedView>();
        // The next day of the community, not of UTC.
        await world.At(new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        wang = await world.Now(wang);
        (await wang.Post("needs", Asking.Form())).Refused(HttpStatusCode.Conflict, "need.too_many_open");
        var mine = (await wang.Get("my/needs?limit=4")).Ok<Page<NeedView>>();
        Assert.Equal(4, mine.Items.Count);
        Assert.Equal(asked[1].Id, Assert.Single((await wang.Get($"my/needs?limit=1&cursor={mine.Next}")).Ok<Page<NeedView>>().Items).Id);
        (await wang.Post($"needs/{mine.Items[0].Id}/withdrawal")).Ok<NeedView>();
        await wang.Raised();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_at_the_same_moment_do_not_pass_the_limit(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        await wang.Raised();
        await wang.Raised();
        var both = await Task.WhenAll(wang.Post("needs", Asking.Form()), wang.Post("needs", Asking.Form()));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "need.too_many_open");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Family_asks_with_the_right_to_sign_up_guardians_for_children_and_nobody_else(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, wangId), (son, _), (stranger, _)) = (await world.Neighbour("王奶奶"), await world.Neighbour("王儿子"), await world.Neighbour("路人"));
        (await son.Post("needs", Asking.Form(wangId))).Refused(HttpStatusCode.Conflict, "need.not_family");
        var code = (await wang.Post("family/code", new { rights = new Rights(true, false, true) })).Ok<FamilyCodeShown>();
        var link = (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        var asked = await son.Raised(wangId);
        Assert.Equal((NeedSource.Family, "王奶奶", "王儿子"), (asked.Source, asked.HelpedName, asked.RaisedByName));
        Assert.Contains(await world.Letters(wang), l => l.StartsWith("一老一小求助：待受理。", StringComparison.Ordinal));
        (await world.Staff.Triage(asked.Id, "accept")).Ok<StaffNeeds.Item>();
        Assert.Contains(await world.Letters(son), l => l.StartsWith("王奶奶的一老一小求助：已受理。", StringComparison.Ordinal));
        Assert.Equal([asked.Id], (await son.Get("my/needs")).Ok<Page<NeedView>>().Items.Select(n => n.Id));
        (await stranger.Get($"needs/{asked.Id}")).Refused(HttpStatusCode.NotFound, "need.unknown");
        (await stranger.Post($"needs/{asked.Id}/withdrawal")).Refused(HttpStatusCode.NotFound, "need.unknown");
        (await stranger.Post($"needs/{asked.Id}/thanks", new { })).Refused(HttpStatusCode.NotFound, "need.unknown");
        Assert.Empty((await stranger.Get("my/needs")).Ok<Page<NeedView>>().Items);
        (await son.Delete($"family/{link.Id}")).Ok<LinkFamily.EndResponse>();
        (await son.Get($"needs/{asked.Id}")).Refused(HttpStatusCode.NotFound, "need.unknown");
        Assert.Equal(asked.Id, (await wang.Get($"needs/{asked.Id}")).Ok<NeedView>().Id);

        var (mother, _) = await world.Neighbour("小明妈妈");
        var child = await world.Child("小明", new(2016, 5, 1), mother);
        Assert.Equal("小明", (await mother.Raised(child)).HelpedName);
        var unready = await world.Child("小红", new(2016, 5, 1));
        (await mother.Post("needs", Asking.Form(unready))).Refused(HttpStatusCode.Conflict, "need.not_family");
        var looks = await Looks(world);
        (await world.Staff.Get("staff/needs")).Ok<Page<StaffNeeds.Item>>();
        Assert.Equal(looks + 1, await Looks(world));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_minor_is_asked_to_let_the_guardian_ask(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (teen, _) = await world.Neighbour("小刚");
        await world.App.Write(Seeding.CommunityId, db => db.Add(new App.Identity.Details.BirthDate
        {
            PersonId = teen.PersonId,
            Day = App.Identity.Details.BirthDate.Seal(world.App.Services.GetRequiredService<Phoenix.Platform.Keys.KeyRing>(), teen.PersonId, new(2010, 5, 1)),
            SaidAt = PhoenixApp.DefaultStart,
        }));
        (await teen.Post("needs", Asking.Form())).Refused(HttpStatusCode.Conflict, "need.needs_guardian");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_decides_about_their_own_or_the_familys(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (worker, workerId) = await world.App.Member("李社工", Role.SocialWorker);
        var (mother, motherId) = await world.Neighbour("李社工妈妈");
        var code = (await mother.Post("family/code", new { rights = new Rights(true, false, true) })).Ok<FamilyCodeShown>();
        (await worker.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        var activity = await world.Published();
        foreach (var need in (NeedView[])[await worker.Raised(), await mother.Raised(), (await worker.Post("staff/needs", Asking.Form(motherId))).Ok<NeedView>(), (await worker.Post("staff/needs", Asking.Form(workerId))).Ok<NeedView>()])
        {
            (await worker.Triage(need.Id, "accept")).Refused(HttpStatusCode.Forbidden, "need.own");
            (await world.Staff.Triage(need.Id, "accept")).Ok<StaffNeeds.Item>();
            (await worker.Arrange(need.Id, activity.Shifts[0].Id)).Refused(HttpStatusCode.Forbidden, "need.own");
            (await worker.Post($"staff/needs/{need.Id}/completion", new { answer = "都好了" })).Refused(HttpStatusCode.Forbidden, "need.own");
            Assert.False((await worker.Get($"staff/needs/{need.Id}")).Ok<StaffNeeds.Item>().MayDecide);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Whom_it_helps_or_who_asked_serves_nobody_there_and_earns_nothing_even_at_the_end(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, wangId), (son, _), (helper, helperId)) = (await world.Neighbour("王奶奶"), await world.Neighbour("王儿子"), await world.Neighbour("小赵"));
        var code = (await wang.Post("family/code", new { rights = new Rights(true, false, true) })).Ok<FamilyCodeShown>();
        (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        // Signed up first: the shift can't be given the need.
        var own = await World.SignedUp(wang, shift);
        var need = await son.Raised(wangId);
        (await world.Staff.Triage(need.Id, "accept")).Ok<StaffNeeds.Item>();
        (await world.Staff.Arrange(need.Id, shift)).Refused(HttpStatusCode.Conflict, "need.helped_among_volunteers");
        (await wang.Post($"signups/{own.Id}/cancellation", new { })).Ok<object>();
        (await world.Staff.Arrange(need.Id, shift)).Ok<StaffNeeds.Item>();
        (await World.SignUp(wang, shift)).Refused(HttpStatusCode.Conflict, "need.serves_themselves");
        (await World.SignUp(son, shift)).Refused(HttpStatusCode.Conflict, "need.serves_themselves");
        await World.SignedUp(helper, shift);

        // Were there one all the same, as after a hand-made row: hours, no coins.
        var sneaked = world.App.NewRequestId();
        await world.App.Write(Seeding.CommunityId, db => db.Add(Signup.New(
            sneaked, sneaked, db.Set<App.Volunteering.Activities.Shift>().Single(s => s.Id == shift), (wang.PersonId, wangId), (wang.PersonId, SignupSource.Self), SignupState.Confirmed, false, world.App.Now)));
        await world.Came(sneaked);
        await world.Came((await world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().SingleAsync(s => s.PersonId == helper.PersonId))).Id);
        await world.Counted(shift, 2);
        await world.At(World.Saturday.AddHours(3));
        (await (await world.Now(wang)).Post($"needs/{need.Id}/thanks", new { })).Refused(HttpStatusCode.Forbidden, "need.own_thanks");
        (await world.Staff.Verify(shift)).Ok<VerifyShift.Response>();
        Assert.Equal((0L, 25L), (await world.CoinsOf(wangId), await world.CoinsOf(helperId)));
        Assert.Equal([150, 150], (await world.Records()).Select(r => r.Minutes));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_volunteers_with_a_place_and_the_leader_see_where_and_only_for_a_day(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        var activity = await world.Published(null, world.Shift(capacity: 1));
        var shift = activity.Shifts[0].Id;
        var need = await world.Arranged(wang, activity);
        var ((helper, _), (waiting, _), (stranger, _)) = (await world.Neighbour("小赵"), await world.Neighbour("小钱"), await world.Neighbour("小孙"));
        await World.SignedUp(helper, shift);
        await World.SignedUp(waiting, shift);
        foreach (var other in (TestCaller[])[waiting, stranger, wang])
        {
            (await other.Get($"shifts/{shift}/needs")).Refused(HttpStatusCode.NotFound, "shift.unknown");
            (await other.Get($"needs/{need.Id}/code")).Refused(HttpStatusCode.NotFound, "need.unknown");
        }

        foreach (var one in (TestCaller[])[helper, world.Leader])
            Assert.Equal(need.Id, Assert.Single((await one.Get($"shifts/{shift}/needs")).Ok<ShiftNeeds.Response>().Items).Id);
        foreach (var (one, shifts) in ((TestCaller, Guid[])[])[(helper, [shift]), (world.Leader, [shift]), (waiting, []), (stranger, []), (wang, [])])
            Assert.Equal(shifts, (await one.Get("my/shifts-with-needs")).Ok<ShiftNeeds.MineResponse>().ShiftIds);
        foreach (var secret in (string[])["量血压", "3 栋 2 单元", "13800001234"])
        {
            Assert.DoesNotContain(secret, await world.App.Dump(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, (await stranger.Get($"activities/{activity.Id}")).Text, StringComparison.Ordinal);
        }

        await world.At(World.Saturday.AddMinutes(150) + ShiftNeeds.ShownAfter - TimeSpan.FromMilliseconds(1));
        (await (await world.Now(helper)).Get($"shifts/{shift}/needs")).Ok<ShiftNeeds.Response>();
        world.App.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await (await world.Now(helper)).Get($"shifts/{shift}/needs")).Refused(HttpStatusCode.NotFound, "shift.unknown");
        Assert.Empty((await (await world.Now(helper)).Get("my/shifts-with-needs")).Ok<ShiftNeeds.MineResponse>().ShiftIds);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_list_has_elders_first_pages_and_shows_what_is_overdue_as_the_digest_does(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, _), (zhou, _)) = (await world.Neighbour("王奶奶"), await world.Neighbour("周叔叔"));
        var (a, b) = (await zhou.Raised(), await zhou.Raised());
        var (c, d) = (await wang.Raised(first: true), await wang.Raised(first: true));
        Guid[] order = [c.Id, d.Id, a.Id, b.Id];
        var (seen, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await world.Staff.Get($"staff/needs?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}")).Ok<Page<StaffNeeds.Item>>();
            seen.AddRange(page.Items.Select(i => i.Need.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(order, seen);

        // Wednesday is the last day; Thursday's first instant is too late.
        await world.At(new(2026, 11, 25, 15, 59, 59, TimeSpan.Zero));
        Assert.Empty((await world.Staff.Get("staff/needs?overdue=true")).Ok<Page<StaffNeeds.Item>>().Items);
        Assert.Equal(["4 条求助等受理"], await Digest(world));
        await world.At(new(2026, 11, 25, 16, 0, 0, TimeSpan.Zero));
        Assert.All((await world.Staff.Get("staff/needs?overdue=true")).Ok<Page<StaffNeeds.Item>>().Items, i => Assert.True(i.IsOverdue));
        (await world.Staff.Triage(a.Id, "accept")).Ok<StaffNeeds.Item>();
        (await world.Staff.Triage(b.Id, "decline", "请找物业")).Ok<StaffNeeds.Item>();
        Assert.Equal(["2 条求助等受理，2 条已过期限", "1 条求助等安排时段"], await Digest(world));
        (await world.Staff.Arrange(a.Id, (await world.Published()).Shifts[0].Id)).Ok<StaffNeeds.Item>();
        await world.At(World.Saturday.AddHours(3));
        Assert.Contains("1 条求助的时段过了，等确认帮好没有", await Digest(world));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Given_out_forgotten_after_a_year_and_gone_with_the_person(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, wangId), (son, _)) = (await world.Neighbour("王奶奶"), await world.Neighbour("王儿子"));
        var code = (await wang.Post("family/code", new { rights = new Rights(true, false, true) })).Ok<FamilyCodeShown>();
        (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        var (old, open) = (await wang.Raised(), await son.Raised(wangId));
        (await wang.Post($"needs/{old.Id}/withdrawal")).Ok<NeedView>();
        var sections = await Data(world, d => d.Export(wang.PersonId, CancellationToken.None));
        Assert.Equal(["量血压", "3 栋 2 单元 501", "13800001234"], ((string[])["量血压", "3 栋 2 单元 501", "13800001234"]).Where(t => sections[0].Rows.Any(r => r.Any(c => c.Contains(t, StringComparison.Ordinal)))));
        Assert.Equal(2, sections[0].Rows.Count);
        Assert.Single((await Data(world, d => d.Export(son.PersonId, CancellationToken.None)))[1].Rows);

        world.App.Time.Advance(Need.Kept + TimeSpan.FromSeconds(1));
        await world.App.Sweep("needs.forget");
        Assert.Equal([old.Id], await Forgotten(world));

        world.App.Time.SetUtcNow(PhoenixApp.DefaultStart.AddDays(400));
        await Data<object?>(world, async d =>
        {
            await d.Erase(son.PersonId, Departure.Community, CancellationToken.None);
            return null;
        });
        Assert.Equal((Asking.Details.What, ""), await Details(world, open.Id));
        await Data<object?>(world, async d =>
        {
            await d.Erase(wang.PersonId, Departure.Account, CancellationToken.None);
            await d.Erase(wang.PersonId, Departure.Account, CancellationToken.None);
            return null;
        });
        Assert.Equal([old.Id, open.Id], await Forgotten(world));
        Assert.Equal(NeedState.Withdrawn, await world.App.Read(Seeding.CommunityId, db => db.Set<Need>().Where(n => n.Id == open.Id).Select(n => n.State).SingleAsync()));
    }

    /// <summary>The needs whose words are gone, the oldest first.</summary>
    private static Task<List<Guid>> Forgotten(World world) => world.App.Read(Seeding.CommunityId, db => db.Set<Need>().Where(n => n.Details == null).OrderBy(n => n.Id).Select(n => n.Id).ToListAsync());

    private static async Task<(string, string)> Details(World world, Guid need)
    {
        var keys = world.App.Services.GetRequiredService<Phoenix.Platform.Keys.KeyRing>();
        var details = (await world.App.Read(Seeding.CommunityId, db => db.Set<Need>().AsNoTracking().SingleAsync(n => n.Id == need))).Open(keys)!;
        return (details.What, details.ContactPhone);
    }

    private static async Task<T> Data<T>(World world, Func<IPersonalData, Task<T>> ask)
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var answer = await ask(scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.GetType().Name == "NeedData"));
        await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
        return answer;
    }

    private static async Task<List<string>> Digest(World world)
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var lines = new List<DigestLine>();
        foreach (var part in scope.ServiceProvider.GetServices<IDigestPart>())
            lines.AddRange(await part.Lines(CancellationToken.None));
        return [.. lines.Select(l => l.Text).Where(l => l.Contains("求助", StringComparison.Ordinal))];
    }

    private static Task<int> Looks(World world) => world.App.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().CountAsync(e => e.Action == "minor.looked_at" && e.Subject == "needs"));
}
