using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Family;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Equipment;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>器材: one loan of an item at a time whatever races, its limits, nobody's own, closed lines that stay, and who is forgotten.</summary>
public sealed class EquipmentRuleTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_lend_or_take_back_at_once_have_one_outcome_and_the_database_holds_it_too(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((wang, wangId), (_, zhouId), (colleague, _)) = (await world.Neighbour("王奶奶"), await world.Neighbour("周叔叔"), await world.App.Member("小陈", Role.Staff));
        var chair = await world.Wheelchair();
        var both = await Task.WhenAll(world.Staff.Lend(chair.Id, wangId), colleague.Lend(chair.Id, zhouId));
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "equipment.out");
        var loan = Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<EquipmentView>().Loan!;
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => db.Add(Row(world, chair.Id, wang.PersonId))));
        var back = await Task.WhenAll(world.Staff.TakeBack(loan.Id), colleague.TakeBack(loan.Id, "broken"));
        Assert.Single(back, a => a.Status == HttpStatusCode.OK);
        Assert.Single(back, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "loan.returned");
        await world.App.Read(Seeding.CommunityId, db => db.Set<EquipmentLoan>().SingleAsync());

        // Numbers are one after another, also at the same moment.
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? world.Staff : colleague).Post("staff/equipment", Lending.Form())));
        Assert.Equal([2, 3, 4, 5], made.Select(a => a.Ok<EquipmentView>().Number).Order());
        // Nobody lends to themselves, says the database.
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => db.Add(Row(world, made[0].Ok<EquipmentView>().Id, wang.PersonId, by: wang.PersonId))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Due_days_extensions_and_how_many_one_has_are_limited(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (_, wangId) = await world.Neighbour("王奶奶");
        var (today, last) = (new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23).AddDays(EquipmentLoan.MaxDays));
        var chair = await world.Wheelchair();
        foreach (var wrong in (DateOnly[])[today.AddDays(-1), last.AddDays(1)])
            (await world.Staff.Lend(chair.Id, wangId, wrong)).Refused(HttpStatusCode.Conflict, "loan.day_wrong");
        var loan = await world.Staff.Lent(chair.Id, wangId, today);
        (await world.Staff.Extend(loan.Id, today)).Refused(HttpStatusCode.Conflict, "loan.day_wrong");
        (await world.Staff.Extend(loan.Id, last.AddDays(1))).Refused(HttpStatusCode.Conflict, "loan.day_wrong");
        (await world.Staff.Extend(world.App.NewRequestId(), last)).Refused(HttpStatusCode.NotFound, "loan.unknown");
        var id = world.App.NewRequestId();
        var put = (await world.Staff.Extend(loan.Id, today.AddDays(1), id)).Ok<EquipmentView>();
        Assert.Equal(put, (await world.Staff.Extend(loan.Id, today.AddDays(1), id)).Ok<EquipmentView>());
        (await world.Staff.Extend(loan.Id, today.AddDays(2))).Ok<EquipmentView>();
        Assert.Equal((3, last), (await world.Staff.Extend(loan.Id, last)).Ok<EquipmentView>().Loan is { } l ? (l.Extensions, l.DueOn) : default);
        // The next day of the community, not of UTC: a later day would be within the thirty again.
        await world.At(new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        (await world.Staff.Extend(loan.Id, last.AddDays(1))).Refused(HttpStatusCode.Conflict, "loan.too_many_extensions");

        for (var i = 1; i < EquipmentLoan.MaxOpen; i++)
            await world.Staff.Lent((await world.Wheelchair()).Id, wangId, last);
        var more = await world.Wheelchair();
        (await world.Staff.Lend(more.Id, wangId)).Refused(HttpStatusCode.Conflict, "loan.too_many");
        (await world.Staff.TakeBack(loan.Id)).Ok<EquipmentView>();
        await world.Staff.Lent(more.Id, wangId);

        var (community, now) = (Seeding.CommunityId, world.App.Now);
        await world.App.Write(community, db => db.AddRange(Enumerable.Range(0, EquipmentItem.MaxPerCommunity - 4).Select(i =>
            new EquipmentItem { CommunityId = community, Id = world.App.NewRequestId(), Number = 1000 + i, Name = "马甲", Kind = EquipmentKind.Events, Place = "库房", RegisteredAt = now, Version = 1 })));
        (await world.Staff.Post("staff/equipment", Lending.Form())).Refused(HttpStatusCode.Conflict, "equipment.too_many");
        (await world.Staff.Become(chair.Id, "retired")).Ok<EquipmentView>();
        await world.Wheelchair();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_lends_extends_or_takes_back_their_own_or_the_family_s_and_children_do_not_borrow(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var ((worker, workerId), (mother, motherId)) = (await world.App.Member("李社工", Role.SocialWorker), await world.Neighbour("李社工妈妈"));
        var code = (await mother.Post("family/code", new { rights = new Rights(true, false, true) })).Ok<FamilyCodeShown>();
        (await worker.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        foreach (var borrower in (Guid[])[workerId, motherId])
        {
            var chair = await world.Wheelchair();
            (await worker.Lend(chair.Id, borrower)).Refused(HttpStatusCode.Forbidden, "loan.own");
            var loan = await world.Staff.Lent(chair.Id, borrower);
            (await worker.Extend(loan.Id, Lending.Wednesday.AddDays(1))).Refused(HttpStatusCode.Forbidden, "loan.own");
            (await worker.TakeBack(loan.Id)).Refused(HttpStatusCode.Forbidden, "loan.own");
            Assert.False((await worker.Get($"staff/equipment/{chair.Id}")).Ok<EquipmentView>().Loan!.MayHandle);
            (await world.Staff.TakeBack(loan.Id)).Ok<EquipmentView>();
        }

        var child = await world.Child("小明", new(2016, 5, 1), mother);
        (await world.Staff.Lend((await world.Wheelchair()).Id, child)).Refused(HttpStatusCode.Conflict, "loan.needs_guardian");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_community_sees_and_lends_none_of_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (_, wangId) = await world.Neighbour("王奶奶");
        var (chair, out_) = (await world.Wheelchair(), await world.Wheelchair());
        var loan = await world.Staff.Lent(out_.Id, wangId);
        var other = await world.App.Person(TestDatabases.OtherCommunity, Role.Staff, Role.Member);
        Assert.Empty((await other.Get("staff/equipment")).Ok<Page<EquipmentView>>().Items);
        Assert.Empty((await other.Get("equipment")).Ok<Page<PublicEquipment.Item>>().Items);
        foreach (var refused in (Answer[])[await other.Get($"staff/equipment/{chair.Id}"), await other.Get($"staff/equipment/{chair.Id}/loans"), await other.Become(chair.Id, "repair"), await other.LendToVisitor(chair.Id)])
            refused.Refused(HttpStatusCode.NotFound, "equipment.unknown");
        (await other.TakeBack(loan.Id)).Refused(HttpStatusCode.NotFound, "loan.unknown");
        (await other.Extend(loan.Id, Lending.Wednesday.AddDays(1))).Refused(HttpStatusCode.NotFound, "loan.unknown");
        var own = (await other.Post("staff/equipment", Lending.Form())).Ok<EquipmentView>();
        Assert.Equal(1, own.Number);
        (await other.Lend(own.Id, wangId)).Refused(HttpStatusCode.Conflict, "loan.borrower_unknown");
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(TestDatabases.OtherCommunity, db => db.Add(
            new EquipmentLoan { CommunityId = TestDatabases.OtherCommunity, Id = world.App.NewRequestId(), ItemId = chair.Id, BorrowerId = world.Staff.PersonId, LentAt = world.App.Now, LentBy = other.PersonId, DueOn = Lending.Wednesday })));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_closed_line_never_changes_and_who_borrowed_is_forgotten_after_a_year(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, wangId) = await world.Neighbour("王奶奶");
        var (chair, kit) = (await world.Wheelchair(), await world.Wheelchair());
        var member = await world.Staff.Lent(chair.Id, wangId);
        var visitor = (await world.Staff.LendToVisitor(kit.Id)).Ok<EquipmentView>().Loan!;
        (await world.Staff.TakeBack(member.Id)).Ok<EquipmentView>();
        (await world.Staff.TakeBack(visitor.Id)).Ok<EquipmentView>();
        var still = await world.Staff.Lent(chair.Id, wangId, new(2026, 12, 20));
        foreach (var change in (Action<EquipmentLoan>[])[l => l.DueOn = l.DueOn.AddDays(1), l => l.Note = "改", l => l.ReturnedAt = null, l => l.Condition = ReturnCondition.Broken, l => l.Extensions++, l => l.BorrowerId = world.Leader.PersonId])
            await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => change(db.Set<EquipmentLoan>().Single(l => l.Id == member.Id))));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => db.Remove(db.Set<EquipmentLoan>().Single(l => l.Id == member.Id))));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => db.Set<EquipmentLoan>().Single(l => l.Id == still.Id).BorrowerId = world.Leader.PersonId));

        world.App.Time.Advance(EquipmentLoan.Kept);
        await world.App.Sweep("equipment.forget");
        Assert.Equal([member.Id, visitor.Id, still.Id], await Known(world));
        world.App.Time.Advance(TimeSpan.FromMilliseconds(1));
        await world.App.Sweep("equipment.forget");
        await world.App.Sweep("equipment.forget");
        Assert.Equal([still.Id], await Known(world));
        var staff = await world.Now(world.Staff);
        Assert.Equal((null, null, "社工小李"), (await staff.Get($"staff/equipment/{kit.Id}/loans")).Ok<Page<LoanView>>().Items[0] is var gone ? (gone.Borrower, gone.Phone, gone.LentBy) : default);
        Assert.Equal([still.Id], (await (await world.Now(wang)).Get("my/equipment-loans")).Ok<Page<MyLoans.Item>>().Items.Select(l => l.Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Given_out_and_forgotten_with_the_person_who_brings_back_first_what_is_out(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, wangId) = await world.Neighbour("王奶奶");
        var (chair, kit) = (await world.Wheelchair(), await world.Wheelchair());
        var (old, open) = (await world.Staff.Lent(chair.Id, wangId), await world.Staff.Lent(kit.Id, wangId));
        (await world.Staff.TakeBack(old.Id, "fine", "很干净")).Ok<EquipmentView>();
        var section = Assert.Single(await world.Ask<IPersonalData, IReadOnlyList<PersonalSection>>("LoanData", d => d.Export(wang.PersonId, CancellationToken.None)));
        Assert.Equal([["轮椅（2 号）", "2026-11-23", "2026-11-25", "", "", ""], ["轮椅（1 号）", "2026-11-23", "2026-11-25", "2026-11-23", "完好", "很干净"]], section.Rows);
        Assert.Equal(["您还借着轮椅（2 号），请先还给社区。"], await world.Ask<IClosingCheck, IReadOnlyList<string>>("LoanData", d => d.Open(wang.PersonId, Departure.Account, CancellationToken.None)));
        for (var i = 0; i < 2; i++)
            await world.Ask<IPersonalData, bool>("LoanData", async d =>
            {
                await d.Erase(wang.PersonId, Departure.Account, CancellationToken.None);
                return true;
            });
        Assert.Equal([open.Id], await Known(world));
        (await world.Staff.TakeBack(open.Id)).Ok<EquipmentView>();
        Assert.Empty(await world.Ask<IClosingCheck, IReadOnlyList<string>>("LoanData", d => d.Open(wang.PersonId, Departure.Account, CancellationToken.None)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_visitor_s_name_and_phone_follow_the_keys(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var chair = await world.Wheelchair();
        await world.Staff.LendToVisitor(chair.Id);
        world.App.RotateKeys();
        await world.App.Sweep("identity.rotate-keys");
        var keys = world.App.Services.GetRequiredService<KeyRing>();
        Assert.False(keys.NeedsRotation((await world.App.Read(Seeding.CommunityId, db => db.Set<EquipmentLoan>().SingleAsync())).Borrower!));
        Assert.Equal("13900005678", (await (await world.Now(world.Staff)).Get($"staff/equipment/{chair.Id}")).Ok<EquipmentView>().Loan!.Phone);
    }

    // Those of which it is known who borrowed, the oldest first.
    private static Task<List<Guid>> Known(World world) =>
        world.App.Read(Seeding.CommunityId, db => db.Set<EquipmentLoan>().Where(l => l.BorrowerId != null || l.Borrower != null).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());

    private static EquipmentLoan Row(World world, Guid item, Guid borrower, Guid? by = null) => new()
    {
        CommunityId = Seeding.CommunityId,
        Id = world.App.NewRequestId(),
        ItemId = item,
        BorrowerId = borrower,
        LentAt = world.App.Now,
        LentBy = by ?? world.Staff.PersonId,
        DueOn = Lending.Wednesday,
    };
}
