using System.Net;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity.Cards;
using Phoenix.App.Identity.Family;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Equipment;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>器材: registered, lent, put off, returned, repaired and retired, who is reminded, and what its log says.</summary>
public sealed class EquipmentTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_the_shelf_to_a_neighbour_and_back_with_everybody_seeing_what_is_theirs_to_see(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, wangId) = await world.Neighbour("王奶奶");
        var station = (await world.Staff.Post("stations", new { kind = "volunteering", name = "凤凰里志愿服务站", placeId = (Guid?)null, address = "中心一楼" })).Ok<StationDesk.Item>();
        var id = world.App.NewRequestId();
        var chair = (await world.Staff.Post("staff/equipment", Lending.Form(station: station.Id, place: null, note: "左轮要打气"), id)).Ok<EquipmentView>();
        Assert.Equal(chair, (await world.Staff.Post("staff/equipment", Lending.Form(station: station.Id, place: null, note: "左轮要打气"), id)).Ok<EquipmentView>());
        var kit = (await world.Staff.Post("staff/equipment", Lending.Form("急救箱", "firstAid"))).Ok<EquipmentView>();
        Assert.Equal((1, 2, "凤凰里志愿服务站（中心一楼）", "服务中心一楼"), (chair.Number, kit.Number, chair.Place, kit.Place));

        var lendId = world.App.NewRequestId();
        var lent = (await world.Staff.Lend(chair.Id, wangId, requestId: lendId)).Ok<EquipmentView>();
        Assert.Equal(lent, (await world.Staff.Lend(chair.Id, wangId, requestId: lendId)).Ok<EquipmentView>());
        Assert.Equal(("王奶奶", wangId, "社工小李", Lending.Wednesday, false, true), (lent.Loan!.Borrower, lent.Loan.MemberId, lent.Loan.LentBy, lent.Loan.DueOn, lent.Loan.IsOverdue, lent.Loan.MayHandle));
        (await world.Staff.Lend(chair.Id, wangId)).Refused(HttpStatusCode.Conflict, "equipment.out");

        var (zhou, _) = await world.Neighbour("周叔叔");
        var seen = await zhou.Get("equipment");
        Assert.DoesNotContain("王奶奶", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("打气", seen.Text, StringComparison.Ordinal);
        Assert.Equal([(1, "轮椅", false, Lending.Wednesday), (2, "急救箱", true, null)], seen.Ok<Page<PublicEquipment.Item>>().Items.Select(i => (i.Number, i.Name, i.IsFree, i.OutUntil)));
        Assert.Empty((await zhou.Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items);
        var mine = Assert.Single((await wang.Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items);
        Assert.Equal(("轮椅", 1, "凤凰里志愿服务站（中心一楼）", null, Lending.Wednesday, false, null), (mine.Name, mine.Number, mine.Place, mine.BorrowerName, mine.DueOn, mine.IsOverdue, mine.ReturnedAt));

        var back = world.App.NewRequestId();
        var returned = (await world.Staff.TakeBack(lent.Loan.Id, "broken", "右轮歪了", back)).Ok<EquipmentView>();
        Assert.Equal(returned, (await world.Staff.TakeBack(lent.Loan.Id, "broken", "右轮歪了", back)).Ok<EquipmentView>());
        Assert.Equal((EquipmentState.Repair, null), (returned.State, returned.Loan));
        (await world.Staff.TakeBack(lent.Loan.Id)).Refused(HttpStatusCode.Conflict, "loan.returned");
        (await world.Staff.Extend(lent.Loan.Id, Lending.Wednesday.AddDays(1))).Refused(HttpStatusCode.Conflict, "loan.returned");
        Assert.Contains("维修中", (await world.Staff.Lend(chair.Id, wangId)).Refused(HttpStatusCode.Conflict, "equipment.state_wrong").Title, StringComparison.Ordinal);
        Assert.Equal((false, null), (await wang.Get("equipment")).Ok<Page<PublicEquipment.Item>>().Items[0] is var inRepair ? (inRepair.IsFree, inRepair.OutUntil) : default);
        Assert.NotNull(Assert.Single((await wang.Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items).ReturnedAt);

        (await world.Staff.Become(chair.Id, "ready")).Ok<EquipmentView>();
        Assert.Equal(EquipmentState.Ready, (await world.Staff.Become(chair.Id, "ready")).Ok<EquipmentView>().State);
        Assert.Null((await world.Staff.Lent(chair.Id, wangId)).ReturnedAt);
        const string Noted = "轮椅（1 号）借好了，请在11月25日前还回来。不是您借的，请打电话告诉社区 028-85670000。";
        Assert.Equal([Noted, "轮椅（1 号）还好了，谢谢您爱惜。", Noted], await world.Letters(wang));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Changed_sent_to_repair_and_retired_for_good_but_never_while_it_is_out(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : ContentVerdict.Pass;
        var (wang, wangId) = await world.Neighbour("王奶奶");
        (await world.Staff.Post("staff/equipment", Lending.Form("坏话"))).Refused(HttpStatusCode.Conflict, "content.risky");
        (await world.Staff.Post("staff/equipment", Lending.Form(place: " "))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Staff.Post("staff/equipment", Lending.Form(station: world.App.NewRequestId()))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Staff.Post("staff/equipment", Lending.Form(station: world.App.NewRequestId(), place: null))).Refused(HttpStatusCode.NotFound, "station.unknown");
        (await world.Staff.Post("staff/equipment", Lending.Form(new string('椅', EquipmentItem.MaxNameLength + 1)))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var chair = await world.Wheelchair();
        var changed = (await world.Staff.Put($"staff/equipment/{chair.Id}", Lending.Form("折叠轮椅", place: "二楼库房", version: chair.Version))).Ok<EquipmentView>();
        Assert.Equal((1, "折叠轮椅", "二楼库房"), (changed.Number, changed.Name, changed.Place));
        (await world.Staff.Put($"staff/equipment/{chair.Id}", Lending.Form(version: chair.Version))).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        (await world.Staff.Put($"staff/equipment/{world.App.NewRequestId()}", Lending.Form())).Refused(HttpStatusCode.NotFound, "equipment.unknown");

        var loan = await world.Staff.Lent(chair.Id, wangId);
        foreach (var state in (string[])["repair", "retired"])
            (await world.Staff.Become(chair.Id, state)).Refused(HttpStatusCode.Conflict, "equipment.out");
        (await world.Staff.Become(chair.Id, "9")).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        (await world.Staff.TakeBack(loan.Id)).Ok<EquipmentView>();
        (await world.Staff.Become(chair.Id, "repair")).Ok<EquipmentView>();
        var retired = (await world.Staff.Become(chair.Id, "retired")).Ok<EquipmentView>();
        (await world.Staff.Become(chair.Id, "retired")).Ok<EquipmentView>();
        (await world.Staff.Become(chair.Id, "ready")).Refused(HttpStatusCode.Conflict, "equipment.state_wrong");
        (await world.Staff.Put($"staff/equipment/{chair.Id}", Lending.Form(version: retired.Version))).Refused(HttpStatusCode.Conflict, "equipment.state_wrong");
        (await world.Staff.Lend(chair.Id, wangId)).Refused(HttpStatusCode.Conflict, "equipment.state_wrong");
        Assert.Empty((await wang.Get("equipment")).Ok<Page<PublicEquipment.Item>>().Items);
        Assert.Empty((await world.Staff.Get("staff/equipment")).Ok<Page<EquipmentView>>().Items);
        Assert.Equal([chair.Id], (await world.Staff.Get("staff/equipment?retired=true")).Ok<Page<EquipmentView>>().Items.Select(i => i.Id));
        // Its number isn't given again.
        Assert.Equal(2, (await world.Wheelchair()).Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lent_to_a_visitor_by_name_and_phone_and_to_the_holder_of_a_card_by_a_leader(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((leader, _), (liu, liuId)) = (await world.App.Member("周负责人", Role.Leader), await world.Neighbour("刘奶奶"));
        var (chair, kit) = (await world.Wheelchair(), (await world.Staff.Post("staff/equipment", Lending.Form("急救箱", "firstAid"))).Ok<EquipmentView>());
        (await leader.LendToVisitor(chair.Id, " ")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await leader.LendToVisitor(chair.Id, phone: "不知道")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await leader.Lend(chair.Id, null)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await leader.Lend(chair.Id, world.App.NewRequestId())).Refused(HttpStatusCode.Conflict, "loan.borrower_unknown");
        var visitor = (await leader.LendToVisitor(chair.Id)).Ok<EquipmentView>().Loan!;
        Assert.Equal(("外地来的老何", null, null), (visitor.Borrower, visitor.Phone, visitor.MemberId));
        Assert.Equal("13900005678", (await world.Staff.Get($"staff/equipment/{chair.Id}")).Ok<EquipmentView>().Loan!.Phone);
        foreach (var secret in (string[])["老何", "13900005678"])
            Assert.DoesNotContain(secret, await Identity.PeopleWorld.Dump(world.App), StringComparison.Ordinal);

        var card = (await world.Staff.Post("cards", new { memberId = liuId })).Ok<ListCards.Item>();
        var number = (await world.Staff.Post($"cards/{card.Id}/printing")).Ok<PrintCard.Response>().Number;
        Task<Answer> ByCard(string code) => leader.Post($"staff/equipment/{kit.Id}/loans", new { dueOn = Lending.Wednesday, cardCode = code });
        (await ByCard("AAAABBBBCCCCDDDD")).Refused(HttpStatusCode.NotFound, "card.unknown");
        Assert.Equal((liuId, "刘奶奶"), (await ByCard(number)).Ok<EquipmentView>().Loan is { } l ? (l.MemberId, l.Borrower) : default);
        Assert.Single((await liu.Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items);

        Assert.Equal(2, (await leader.Get("staff/equipment")).Ok<Page<EquipmentView>>().Items.Count);
        (await leader.TakeBack(visitor.Id)).Ok<EquipmentView>();
        foreach (var forbidden in (Answer[])[
            await leader.Post("staff/equipment", Lending.Form()), await leader.Become(chair.Id, "repair"), await leader.Get($"staff/equipment/{chair.Id}/loans"), await leader.Get("staff/equipment-loans.xlsx"),
            await liu.Get("staff/equipment"), await liu.Lend(chair.Id, liuId)])
            forbidden.Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Reminded_the_morning_before_and_the_morning_after_once_with_the_family_and_again_for_a_new_day(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, wangId), (son, _)) = (await world.Neighbour("王奶奶"), await world.Neighbour("王儿子"));
        var code = (await wang.Post("family/code", new { rights = new Rights(false, false, true) })).Ok<FamilyCodeShown>();
        (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        var (chair, kit, ladder) = (await world.Wheelchair(), await world.Wheelchair(), await world.Wheelchair());
        var loan = await world.Staff.Lent(chair.Id, wangId);
        // Whoever is told the day of tomorrow today isn't told again; a visitor has no inbox.
        (await world.Staff.Lend(kit.Id, wangId, new(2026, 11, 24))).Ok<EquipmentView>();
        (await world.Staff.LendToVisitor(ladder.Id)).Ok<EquipmentView>();

        await Sweep(world, new(2026, 11, 24, 0, 59, 59, TimeSpan.Zero));
        Assert.DoesNotContain(NoticeKind.EquipmentDue, await world.Told(wang));
        world.App.Time.SetUtcNow(new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero));
        await Task.WhenAll(world.App.Sweep("equipment.remind"), world.App.Sweep("equipment.remind"));
        Assert.Equal(["轮椅（1 号）请在11月25日前还回来。还要用，打电话问社区 028-85670000，可以续借。"], await Letters(world, wang));
        Assert.Equal(["王奶奶借的轮椅（1 号）请在11月25日前还回来。还要用，打电话问社区 028-85670000，可以续借。"], await Letters(world, son));
        Assert.Equal("王奶奶", (await (await world.Now(son)).Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items[0].BorrowerName);

        // The sweep stood still for days: late, and only late, is what they hear.
        await Sweep(world, new(2026, 11, 26, 1, 0, 0, TimeSpan.Zero));
        await Sweep(world, new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));
        Assert.Equal(
            ["轮椅（1 号）原定11月25日还，别的邻居也在等。请方便时还回来；还要用，打电话给社区 028-85670000。", "轮椅（2 号）原定11月24日还，别的邻居也在等。请方便时还回来；还要用，打电话给社区 028-85670000。"],
            (await Letters(world, wang)).Skip(1).Order(StringComparer.Ordinal));
        await world.At(new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));
        (await world.Staff.Extend(loan.Id, new(2026, 11, 29))).Ok<EquipmentView>();
        await Sweep(world, new(2026, 11, 28, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal("轮椅（1 号）请在11月29日前还回来。还要用，打电话问社区 028-85670000，可以续借。", (await Letters(world, wang))[^1]);
        await world.At(new(2026, 11, 29, 1, 0, 0, TimeSpan.Zero));
        (await world.Staff.TakeBack(loan.Id)).Ok<EquipmentView>();
        await Sweep(world, new(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(4, (await Letters(world, wang)).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_list_has_the_longest_overdue_first_and_the_log_pages_and_goes_out_as_a_sheet(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((_, wangId), (_, zhouId)) = (await world.Neighbour("王奶奶"), await world.Neighbour("=周叔叔"));
        var items = new List<EquipmentView>();
        for (var i = 0; i < 5; i++)
            items.Add(await world.Wheelchair());
        await world.Staff.Lent(items[4].Id, wangId, new(2026, 11, 23));
        await world.Staff.Lent(items[2].Id, zhouId, new(2026, 11, 24));
        await world.Staff.Lent(items[1].Id, zhouId, new(2026, 11, 30));
        await world.At(new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        Assert.Equal([5, 3, 2, 1, 4], await Walk(world.Staff, "staff/equipment", (EquipmentView i) => i.Number));
        Assert.Equal([5, 3], (await world.Staff.Get("staff/equipment?overdue=true")).Ok<Page<EquipmentView>>().Items.Select(i => i.Loan!.IsOverdue ? i.Number : 0));
        Assert.Equal([1, 2, 3, 4, 5], await Walk(world.Staff, "equipment", (PublicEquipment.Item i) => i.Number, memberToo: await world.Neighbour("小赵")));
        (await world.Staff.Become(items[3].Id, "repair")).Ok<EquipmentView>();
        Assert.Equal(["2 件器材过了归还日", "1 件器材等维修"], (await world.Ask<IDigestPart, IReadOnlyList<DigestLine>>("EquipmentDigest", d => d.Lines(CancellationToken.None))).Select(l => l.Text));

        var first = (await world.Staff.Get($"staff/equipment/{items[4].Id}")).Ok<EquipmentView>().Loan!;
        (await world.Staff.TakeBack(first.Id, "broken", "=1+1")).Ok<EquipmentView>();
        (await world.Staff.Become(items[4].Id, "ready")).Ok<EquipmentView>();
        var second = await world.Staff.Lent(items[4].Id, wangId, new(2026, 11, 26));
        Assert.Equal([second.Id, first.Id], await Walk(world.Staff, $"staff/equipment/{items[4].Id}/loans", (LoanView l) => l.Id));
        (await world.Staff.Get($"staff/equipment/{world.App.NewRequestId()}/loans")).Refused(HttpStatusCode.NotFound, "equipment.unknown");
        var rows = Sheet.Read((await world.Staff.Get("staff/equipment-loans.xlsx")).Bytes, ["编号", "器材", "类别", "借用人", "借出日", "应还日", "归还日", "情况", "说明"]).Value;
        Assert.Equal(
            ["5 轮椅 助行 王奶奶 2026-11-23 2026-11-23 2026-11-25 坏了 =1+1", "3 轮椅 助行 =周叔叔 2026-11-23 2026-11-24   ", "2 轮椅 助行 =周叔叔 2026-11-23 2026-11-30   ", "5 轮椅 助行 王奶奶 2026-11-25 2026-11-26   "],
            rows.Select(r => string.Join(' ', r.Cells.Values)));
        Assert.Single(Sheet.Read((await world.Staff.Get("staff/equipment-loans.xlsx?from=2026-11-24&to=2026-11-25")).Bytes, ["编号"]).Value);
        Assert.Empty(Sheet.Read((await world.Staff.Get("staff/equipment-loans.xlsx?to=2026-11-22")).Bytes, ["编号"]).Value);
    }

    private static async Task<List<TKey>> Walk<TItem, TKey>(TestCaller caller, string address, Func<TItem, TKey> key, (TestCaller Caller, Guid MemberId)? memberToo = null)
    {
        var (seen, cursor) = (new List<TKey>(), (string?)null);
        do
        {
            var page = (await (memberToo?.Caller ?? caller).Get($"{address}?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}")).Ok<Page<TItem>>();
            seen.AddRange(page.Items.Select(key));
            cursor = page.Next;
        }
        while (cursor is not null);
        return seen;
    }

    private static async Task Sweep(World world, DateTimeOffset at)
    {
        world.App.Time.SetUtcNow(at);
        await world.App.Sweep("equipment.remind");
    }

    private static async Task<List<string>> Letters(World world, TestCaller caller) => (await world.Letters(caller)).FindAll(l => l.Contains("还要用", StringComparison.Ordinal));
}
