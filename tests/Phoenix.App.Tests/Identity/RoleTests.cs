using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Identity.Setup;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>Who is what: the first administrator, giving and taking, two pairs of eyes, stand-ins, hand-over.</summary>
public sealed class RoleTests
{
    private const string Why = "工作需要";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_setup_code_makes_one_member_administrator_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var codes = app.Services.GetRequiredService<SetupCodes>();
        var (community, code) = (await codes.MakeWhereNobodyIs(CancellationToken.None)).Single(c => c.Community == Seeding.CommunityId);
        Assert.DoesNotContain(await codes.MakeWhereNobodyIs(CancellationToken.None), c => c.Community == community);
        (await (await app.Person()).Post("setup", new { code })).Refused(HttpStatusCode.NotFound, "membership.none");

        var (first, _) = await app.Member("李主任");
        var (second, _) = await app.Member("王阿姨");
        var typed = $"{code[..4].ToLowerInvariant()} {code[4..8]}-{code[8..]}";
        var both = await Task.WhenAll(first.Post("setup", new { code = typed }), second.Post("setup", new { code = typed }));
        Assert.Contains(Role.Staff, Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<UseSetupCode.Response>().Roles);
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "setup.code_wrong");
        Assert.DoesNotContain(await codes.MakeWhereNobodyIs(CancellationToken.None), c => c.Community == community);

        var later = (await codes.Make(community, CancellationToken.None))!;
        var latest = (await codes.Make(community, CancellationToken.None))!;
        (await second.Post("setup", new { code = later })).Refused(HttpStatusCode.Conflict, "setup.code_wrong");
        app.Time.Advance(SetupCode.Lifetime);
        (await app.Fresh(second).Post("setup", new { code = latest })).Refused(HttpStatusCode.Conflict, "setup.code_wrong");
        Assert.Null(await codes.Make(99, CancellationToken.None));
    }

    [Fact]
    public async Task Setup_codes_can_not_be_guessed_at()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var (member, _) = await app.Member("王阿姨");
        for (var i = 0; i < RateLimits.CodeGuesses.Permits; i++)
            (await member.Post("setup", new { code = $"AAAA-AAAA-AA{i:D2}" })).Refused(HttpStatusCode.Conflict, "setup.code_wrong");
        (await member.Post("setup", new { code = "AAAA-AAAA-AAZZ" })).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_working_role_is_given_and_taken_with_a_reason_and_never_to_oneself(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((staff, own), (leader, id)) = (await app.Member("李主任", Role.Staff), await app.Member("王阿姨"));
        Assert.Equal(new GrantRole.Response(true, null), (await Grant(staff, id, "leader")).Ok<GrantRole.Response>());
        Assert.Contains(Role.Leader, (await leader.Get("me")).Ok<GetMe.Response>().Roles);
        Assert.Equal(new GrantRole.Response(true, null), (await Grant(staff, id, "leader")).Ok<GrantRole.Response>());
        (await Grant(staff, own, "treasurer")).Refused(HttpStatusCode.Conflict, "role.own");
        (await Grant(staff, id, "clerk")).Refused(HttpStatusCode.Conflict, "role.not_grantable");
        (await Grant(staff, app.NewRequestId(), "leader")).Refused(HttpStatusCode.NotFound, "member.unknown");
        Assert.Contains((await staff.Get("roles")).Ok<ListRoles.Response>().Holders, h => (h.MemberId, h.Name, h.Role) == (id, "王阿姨", Role.Leader));

        (await Withdraw(staff, id, "leader")).Ok<WithdrawRole.Response>();
        (await Withdraw(staff, id, "leader")).Refused(HttpStatusCode.NotFound, "role.not_held");
        (await Withdraw(staff, own, "staff")).Refused(HttpStatusCode.Conflict, "role.last_approver");
        var log = (await staff.Get($"audit-entries?person={leader.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items;
        Assert.Equal(["role.withdrawn", "role.granted"], log.Select(e => e.Action));
        Assert.All(log, e => Assert.Equal((staff.PersonId, Why), (e.ActorId, e.Reason)));
        Assert.Equal(["您现在是负责人。到“我的”里切换身份就能用。", "您不再是负责人。有疑问打电话给社区。"], await app.Told(leader.PersonId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_that_approves_needs_a_second_member_of_staff_who_does_not_gain_by_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((maker, _), (checker, _), (treasurer, id)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐", Role.Staff), await app.Member("陈会计", Role.Staff));
        var proposed = (await Grant(maker, id, "treasurer")).Ok<GrantRole.Response>();
        Assert.False(proposed.IsGranted);
        (await Grant(checker, id, "treasurer")).Refused(HttpStatusCode.Conflict, "approval.already_proposed");
        (await Decide(maker, proposed.ApprovalId, true)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await Decide(treasurer, proposed.ApprovalId, true)).Refused(HttpStatusCode.Conflict, "approval.own");
        Assert.Equal((true, false, false), (await MayDecide(checker), await MayDecide(maker), await MayDecide(treasurer)));
        (await Decide(checker, proposed.ApprovalId, false, reason: " ")).Refused(HttpStatusCode.BadRequest, "request.invalid");

        var id2 = app.NewRequestId();
        var done = (await Decide(checker, proposed.ApprovalId, true, id2)).Ok<ListApprovals.Item>();
        Assert.Equal((ApprovalState.Approved, checker.PersonId), (done.State, done.CheckerId));
        Assert.Equal(done, (await Decide(checker, proposed.ApprovalId, true, id2)).Ok<ListApprovals.Item>());
        (await Decide(checker, proposed.ApprovalId, false, reason: "改主意了")).Refused(HttpStatusCode.Conflict, "approval.decided");
        app.Time.Advance(Callers.StaleAfter);
        Assert.Contains(Role.Treasurer, (await treasurer.Get("me")).Ok<GetMe.Response>().Roles);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_proposal_is_refused_with_a_reason_withdrawn_by_its_maker_or_over_in_time(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((maker, _), (checker, _), (_, id)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐", Role.Staff), await app.Member("陈会计"));
        var refused = (await Grant(maker, id, "treasurer")).Ok<GrantRole.Response>().ApprovalId;
        Assert.Equal("还在试用期", (await Decide(checker, refused, false, reason: "还在试用期")).Ok<ListApprovals.Item>().Reason);

        var withdrawn = (await Grant(maker, id, "treasurer")).Ok<GrantRole.Response>().ApprovalId;
        (await checker.Post($"approvals/{withdrawn}/withdrawal")).Refused(HttpStatusCode.NotFound, "approval.unknown");
        (await maker.Post($"approvals/{withdrawn}/withdrawal")).Ok<ListApprovals.Item>();
        (await Decide(checker, withdrawn, true)).Refused(HttpStatusCode.Conflict, "approval.decided");

        await app.Write(Seeding.CommunityId, db => db.Add(Old(app, maker.PersonId, "role:Treasurer:old")));
        var old = (await checker.Get("approvals")).Ok<Page<ListApprovals.Item>>().Items.Single().Id;
        (await Decide(checker, old, true)).Refused(HttpStatusCode.Conflict, "approval.decided");
        await app.Sweep("approvals.expire");
        Assert.Equal(old, Assert.Single((await checker.Get("approvals?state=expired")).Ok<Page<ListApprovals.Item>>().Items).Id);
        Assert.DoesNotContain(Role.Treasurer, await app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().Select(g => g.Role).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_database_itself_refuses_a_checker_who_made_it_or_gains_by_it_and_a_log_that_is_changed(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (maker, gainer) = (app.NewRequestId(), app.NewRequestId());
        foreach (var checker in (Guid[])[maker, gainer])
        {
            var approval = Old(app, maker, $"role:Treasurer:{checker:N}", gainer);
            (approval.State, approval.CheckerId, approval.DecidedAt) = (ApprovalState.Approved, checker, PhoenixApp.DefaultStart);
            await Assert.ThrowsAsync<DbUpdateException>(() => app.Write(Seeding.CommunityId, db => db.Add(approval)));
        }

        var (staff, (_, id)) = (await app.Staff(), await app.Member("王阿姨"));
        (await Grant(staff, id, "leader")).Ok<GrantRole.Response>();
        foreach (var change in (string[])["update audit_entries set reason = 'x'", "delete from audit_entries"])
            await Assert.ThrowsAnyAsync<Exception>(() => app.Read(Seeding.CommunityId, db => db.Database.ExecuteSqlRawAsync(change)));
        Assert.Single((await staff.Get("audit-entries?action=role.granted")).Ok<Page<ListAuditEntries.Item>>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_last_members_of_staff_can_not_both_go(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((one, first), (two, second)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐", Role.Staff));
        var both = await Task.WhenAll(Withdraw(one, second, "staff"), Withdraw(two, first, "staff"));
        Assert.True(both.Count(a => a.Status == HttpStatusCode.OK) == 1, string.Join(" / ", both.Select(a => a.Text)));
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().CountAsync(g => g.Role == Role.Staff)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_stand_in_has_the_role_from_the_first_day_to_the_last_while_the_holder_has_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((holder, holderId), (deputy, id), (staff, _)) = (await app.Member("陈会计", Role.Treasurer), await app.Member("王阿姨"), await app.Member("李主任", Role.Staff));
        await app.Member("第二财务", Role.Treasurer);
        Task<Answer> Name(string from, string to, string role = "treasurer") => holder.Post("deputies", new { memberId = id, role, from, to, reason = "休假" });
        (await Name("2026-11-22", "2026-11-25")).Refused(HttpStatusCode.BadRequest, "deputy.dates_bad");
        (await Name("2026-11-24", "2026-11-23")).Refused(HttpStatusCode.BadRequest, "deputy.dates_bad");
        (await Name("2026-11-24", "2027-01-24")).Refused(HttpStatusCode.BadRequest, "deputy.dates_bad");
        (await Name("2026-11-24", "2026-11-25", "staff")).Refused(HttpStatusCode.NotFound, "role.not_held");
        (await holder.Post("deputies", new { memberId = holderId, role = "treasurer", from = "2026-11-24", to = "2026-11-25", reason = "休假" })).Refused(HttpStatusCode.Conflict, "role.own");
        (await Name("2026-11-24", "2026-11-25")).Ok<NameDeputy.Response>();
        Assert.StartsWith("您现在是财务（代理），到 ", Assert.Single(await app.Told(deputy.PersonId)), StringComparison.Ordinal);
        Assert.Equal((id, holderId), (await staff.Get("roles")).Ok<ListRoles.Response>().StandIns.Select(s => (s.MemberId, s.ForMemberId)).Single());

        async Task<bool> StandsIn(DateTimeOffset at)
        {
            app.Time.SetUtcNow(at);
            return (await app.Fresh(deputy).Get("me")).Ok<GetMe.Response>().Roles.Contains(Role.Treasurer);
        }

        Assert.False(await StandsIn(new(2026, 11, 23, 15, 59, 59, TimeSpan.Zero)));
        Assert.True(await StandsIn(new(2026, 11, 23, 16, 0, 5, TimeSpan.Zero)));
        Assert.True(await StandsIn(new(2026, 11, 25, 15, 59, 54, TimeSpan.Zero)));
        Assert.False(await StandsIn(new(2026, 11, 25, 16, 0, 0, TimeSpan.Zero)));

        app.Time.SetUtcNow(new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));
        var second = (await app.Fresh(holder).Post("deputies", new { memberId = id, role = "treasurer", from = "2026-11-26", to = "2026-11-28", reason = "休假" })).Ok<NameDeputy.Response>().Id;
        Assert.True(await StandsIn(new(2026, 11, 26, 3, 0, 0, TimeSpan.Zero)));
        (await app.Fresh(deputy).Post("deputies", new { memberId = holderId, role = "treasurer", from = "2026-11-26", to = "2026-11-27", reason = "转托" })).Refused(HttpStatusCode.NotFound, "role.not_held");
        (await app.Fresh(holder).Delete($"deputies/{second}")).Ok<NameDeputy.Response>();
        Assert.False(await StandsIn(new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Stand_ins_are_seen_by_the_two_and_by_staff_until_their_last_day_with_what_may_be_passed_on_to_whom(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((holder, _), (deputy, id)) = (await app.Member("陈会计", Role.Treasurer), await app.Member("王阿姨", Role.Leader));
        var ((staff, staffId), (worker, workerId)) = (await app.Member("李主任", Role.Staff), await app.Member("小孟", Role.SocialWorker));
        var (resident, _) = await app.Member("老罗");
        await app.Person(TestDatabases.OtherCommunity, Role.Treasurer);
        var named = (await holder.Post("deputies", new { memberId = id, role = "treasurer", from = "2026-11-24", to = "2026-11-25", reason = "休假" })).Ok<NameDeputy.Response>().Id;
        Task<Answer> List(TestCaller caller) => app.Fresh(caller).Get("deputies");
        var expected = new ListDeputies.Item(named, Role.Treasurer, "王阿姨", "陈会计", new(2026, 11, 24), new(2026, 11, 25));
        foreach (var caller in (TestCaller[])[holder, deputy, staff])
            Assert.Equal(expected, Assert.Single((await List(caller)).Ok<ListDeputies.Response>().Items));
        var of = (await List(worker)).Ok<ListDeputies.Response>();
        Assert.Empty(of.Items);
        Assert.Equal([Role.SocialWorker], of.Roles);
        Assert.Equal(["李主任", "王阿姨", "陈会计"], of.Colleagues.Select(c => c.Name).Order(StringComparer.Ordinal));
        (await List(resident)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.DoesNotContain(workerId, of.Colleagues.Select(c => c.MemberId));
        Assert.Contains(staffId, of.Colleagues.Select(c => c.MemberId));

        // While she stands in she holds the role, but not by her own right.
        app.Time.SetUtcNow(new(2026, 11, 25, 2, 0, 0, TimeSpan.Zero));
        Assert.Equal([Role.Leader], (await List(deputy)).Ok<ListDeputies.Response>().Roles);
        app.Time.SetUtcNow(new(2026, 11, 25, 16, 0, 0, TimeSpan.Zero));
        Assert.Empty((await List(holder)).Ok<ListDeputies.Response>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_hand_over_moves_every_working_role_to_the_successor_after_a_second_look(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((leaver, from), (successor, to)) = (await app.Member("李主任", Role.Staff, Role.Leader), await app.Member("张姐"));
        var (checker, _) = await app.Member("陈姐", Role.Staff);
        (await leaver.Post("hand-over", new { memberId = from, successorId = from, reason = "退休" })).Refused(HttpStatusCode.BadRequest, "hand_over.same");
        (await leaver.Post("hand-over", new { memberId = to, successorId = from, reason = "退休" })).Refused(HttpStatusCode.Conflict, "role.own");
        (await checker.Post("hand-over", new { memberId = to, successorId = from, reason = "退休" })).Refused(HttpStatusCode.Conflict, "hand_over.nothing");
        var waiting = (await leaver.Post("hand-over", new { memberId = from, successorId = to, reason = "退休" })).Ok<HandOver.Response>();
        Assert.Empty(waiting.Moved);
        (await Decide(checker, waiting.ApprovalId, true)).Ok<ListApprovals.Item>();
        app.Time.Advance(Callers.StaleAfter);
        Assert.Equal([Role.Member], (await leaver.Get("me")).Ok<GetMe.Response>().Roles);
        Assert.Equal([Role.Member, Role.Leader, Role.Staff], (await successor.Get("me")).Ok<GetMe.Response>().Roles);
        Assert.Equal((2, 2), ((await app.Told(leaver.PersonId)).Count(t => t.StartsWith("您不再是", StringComparison.Ordinal)), (await app.Told(successor.PersonId)).Count(t => t.StartsWith("您现在是", StringComparison.Ordinal))));
        Assert.Contains((await checker.Get($"audit-entries?person={leaver.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items, e => e is { Action: "hand_over.done", Reason: "退休" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_only_member_of_staff_hands_over_alone(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((leaver, from), (successor, to)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐"));
        var done = (await leaver.Post("hand-over", new { memberId = from, successorId = to, reason = "退休" })).Ok<HandOver.Response>();
        Assert.Equal(["身份：社区工作人员"], done.Moved);
        Assert.Contains(Role.Staff, (await successor.Get("me")).Ok<GetMe.Response>().Roles);
    }

    private static Task<Answer> Grant(TestCaller staff, Guid memberId, string role) => staff.Post("roles", new { memberId, role, reason = Why });

    private static Task<Answer> Withdraw(TestCaller staff, Guid memberId, string role) => staff.Post("roles/withdrawal", new { memberId, role, reason = Why });

    private static Task<Answer> Decide(TestCaller checker, Guid? approval, bool approve, Guid? requestId = null, string? reason = null) =>
        checker.Post($"approvals/{approval}/decision", new { approve, reason }, requestId);

    private static async Task<bool> MayDecide(TestCaller caller) => (await caller.Get("approvals")).Ok<Page<ListApprovals.Item>>().Items.Single().MayDecide;

    private static Approval Old(PhoenixApp app, Guid maker, string subject, Guid? gainer = null) => new()
    {
        CommunityId = Seeding.CommunityId,
        Id = app.NewRequestId(),
        Kind = "role.grant",
        Subject = subject,
        Summary = "授予身份",
        Payload = "{}",
        CheckerRole = Role.Staff,
        MakerId = maker,
        BeneficiaryId = gainer,
        CreatedAt = PhoenixApp.DefaultStart - Approval.Lifetime,
    };
}
