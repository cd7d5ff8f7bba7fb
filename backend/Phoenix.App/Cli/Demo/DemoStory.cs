using System.Globalization;
using Phoenix.App.Community;
using Phoenix.App.Redemption;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Verify;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli.Demo;

/// <summary>The main job (product.md), step by step, each with what it should bring: a step that brings something else ends the demo.</summary>
/// <param name="stage">What it is played on.</param>
/// <param name="setupCode">Makes the first member of staff.</param>
internal sealed class DemoStory(DemoStage stage, string setupCode)
{
    private const int Hours = 10;
    private const long CoinsEach = 25;

    private readonly List<DemoPhone> _volunteers = [];
    private DemoPhone _staff = null!;
    private DemoPhone _treasurer = null!;
    private DemoPhone _leader = null!;
    private DemoPhone _owner = null!;
    private DemoPhone _clerk = null!;
    private DateTimeOffset _start;
    private string _shift = "";
    private string _canteen = "";
    private string _statement = "";
    private long _fundBefore;

    private DemoPhone Aunt => _volunteers[0];

    /// <summary>The steps, in order, with their titles.</summary>
    public IEnumerable<(string Title, Func<Task> Play)> Steps =>
    [
        ("1  People and roles", People),
        ("2  The canteen's people", Canteen),
        ("3  An activity, with a budget that the fund covers", Publish),
        ("4  Signing up", SignUp),
        ("5  At the door", Door),
        ("6  Verified: hours and coins", Verify),
        ("7  Lunch at the till", Lunch),
        ("8  Month end: the statement", Statement),
        ("9  The payout", Payout),
        ("10 The proof", Proof),
    ];

    private async Task People()
    {
        _staff = await stage.Join("小李");
        await _staff.Post("/setup", new { code = setupCode });
        _treasurer = await stage.Join("陈会计");
        await _staff.Post("/roles", new { memberId = _treasurer.MemberId, role = "treasurer", reason = "社区财务" });
        _leader = await stage.Join("陈姐");
        foreach (var name in (string[])["王阿姨", "李叔", "赵妈妈"])
            _volunteers.Add(await stage.Join(name));
        await stage.Tell($"小李 opens the community with the setup code and makes 陈会计 treasurer. {string.Join("、", _volunteers.Select(v => v.Name))} and 陈姐 join.");
    }

    private async Task Canteen()
    {
        (_owner, _clerk) = (await stage.Join("刘老板"), await stage.Join("小张"));
        var merchant = (await _staff.Get("/merchants")).List("items").Single(m => m.Text("name") == RedemptionSeeding.Canteen);
        _canteen = merchant.Text("id");
        await _treasurer.Approve((await _staff.Post($"/merchants/{_canteen}/owners", new { memberId = _owner.MemberId, replacesMemberId = (string?)null, reason = "签约负责人" })).Text("approvalId"));
        await _clerk.Post("/merchant-jobs", new { code = (await _owner.Post($"/merchants/{_canteen}/clerk-code")).Text("code") });
        await _owner.Put($"/merchants/{_canteen}/payee", new { accountName = RedemptionSeeding.Canteen, accountNumber = "6222020200112233445", bankName = "成都农商银行永安支行" });
        var waiting = (await _treasurer.Get("/approvals")).List("items").First(a => a.Flag("mayDecide"));
        await _treasurer.Approve(waiting.Text("id"));
        await stage.Tell($"刘老板 owns {RedemptionSeeding.Canteen} (two people decided), 小张 is the clerk; 陈会计 confirmed where it is paid.");
    }

    private async Task Publish()
    {
        var saturday = stage.Today.AddDays(1);
        while (saturday.DayOfWeek != DayOfWeek.Saturday)
            saturday = saturday.AddDays(1);
        _start = CommunityTime.Shanghai.At(saturday, new TimeOnly(9, 0));
        var draft = await _staff.Post("/staff/activities", new
        {
            title = "楼栋关怀日",
            description = "两人一组上门看望独居老人。",
            kind = "gathering",
            category = "eldersAndChildren",
            hostedBy = "凤凰里社区居民委员会",
            contactName = "小李",
            contactPhone = "028-85670000",
            risks = "上下楼梯注意安全。",
            insurance = "社区统一投保。",
            isHoursOnly = false,
            budgetCoins = 12 * CoinsEach,
        });
        var planned = await _staff.Post($"/staff/activities/{draft.Text("id")}/shifts", new { startsAt = _start, endsAt = _start.AddMinutes(150), capacity = 12, address = "3栋架空层", leaderId = _leader.MemberId });
        var published = await _staff.Post($"/staff/activities/{draft.Text("id")}/publication", new { version = planned.Number("version"), asHoursOnly = false });
        _shift = published.List("shifts")[0].Text("id");
        var position = (await _staff.Get("/fund"))["position"]!;
        await stage.Tell($"楼栋关怀日, Saturday 9:00-11:30, 12 places, {Hours} coins an hour: promises {published.Number("promisedCoins")} coins.");
        await stage.Tell($"The fund has {Yuan.Of(position.Number("cashFen"))} yuan, owed and promised are {Yuan.Of(position.Number("liabilityFen"))} yuan: {position.Text("cover")}.");
    }

    private async Task SignUp()
    {
        foreach (var person in _volunteers)
            Expect("confirmed", (await person.Post($"/shifts/{_shift}/signups", new { memberIds = Array.Empty<string>(), joinWaitlist = true })).List("signups")[0].Text("state"));
        await stage.Tell($"{string.Join("、", _volunteers.Select(v => v.Name))} have places, one tap each.");
    }

    private async Task Door()
    {
        await stage.WalkTo(_start.AddMinutes(-2));
        foreach (var person in _volunteers)
            Expect("in", await Scan(person));
        Expect("in", await Scan(Aunt));
        await _leader.Put($"/shifts/{_shift}/head-count", new { people = _volunteers.Count });
        await stage.WalkTo(_start.AddMinutes(151));
        foreach (var person in _volunteers)
            Expect("out", await Scan(person));
        await stage.Tell($"{_volunteers.Count} scans of 陈姐's changing code at 8:58, a second scan of 王阿姨 changes nothing, {_volunteers.Count} scans out at 11:31. Head count {_volunteers.Count}.");
    }

    private async Task Verify()
    {
        var before = await Aunt.Coins();
        var verified = await _leader.Post($"/shifts/{_shift}/verification", new { countReason = (string?)null });
        Expect(_volunteers.Count, verified.Number("recorded"));
        await stage.Jobs();
        var after = await Aunt.Coins();
        Expect(before + CoinsEach, after);
        await stage.Tell($"全部确认 by 陈姐: {verified.Number("recorded")} records, {verified.Number("minutes")} minutes, {verified.Number("coins")} coins, in one transaction.");
        await stage.Tell($"王阿姨: {before} coins before, {after} after. Her message: “{await Aunt.Message("凤凰币")}”");
    }

    private async Task Lunch()
    {
        await stage.WalkTo(CommunityTime.Shanghai.At(stage.Today, new TimeOnly(12, 0)));
        var scanned = await _clerk.Post($"/merchants/{_canteen}/till/scans", new { code = await Aunt.MyCode(), quantity = 1 });
        Expect("captured", scanned.Text("state"));
        await stage.Tell($"Rush mode: one scan of 王阿姨's code, {scanned.Text("title")} for {scanned.Number("coins")} coins, she has {await Aunt.Coins()} left.");
        var uncle = _volunteers[1];
        var offer = (await uncle.Get("/offers")).List("items").Single(o => o.Text("merchantId") == _canteen && o.Number("coins") == RedemptionSeeding.LunchCoins);
        var held = await uncle.Post("/redemptions", new { offerId = offer.Text("id"), version = offer.Number("version"), quantity = 1 });
        await stage.Tell($"李叔 keeps one from home: number {held.Number("number")}, {held.Number("coins")} coins held, {await uncle.Coins()} usable.");
        Expect("captured", (await _clerk.Post($"/merchants/{_canteen}/redemptions/{held.Text("id")}/hand-over", new { isForFamily = false })).Text("state"));
        await stage.Jobs();
        await stage.Tell($"小张 calls number {held.Number("number")} and taps 已给. Today at the till: {(await _clerk.Get($"/merchants/{_canteen}/till/day")).Number("given")} portions.");
    }

    private async Task Statement()
    {
        var month = CommunityTime.Shanghai.MonthOf(stage.Clock.Now);
        await stage.WalkTo(CommunityTime.Shanghai.EndOf(month).AddHours(2).AddMinutes(5));
        var statement = (await _owner.Get("/statements")).List("items").Single(s => s.Text("merchantId") == _canteen && s.Text("month") == month.ToString());
        _statement = statement.Text("id");
        Expect(2 * RedemptionSeeding.LunchCoins, statement.Number("coins"));
        await stage.Tell($"On the 1st at 02:05: {RedemptionSeeding.Canteen}, {month}: {statement.Number("captures")} exchanges, {statement.Number("coins")} coins, {Yuan.Of(statement.Number("fen"))} yuan.");
        Expect("confirmed", (await _owner.Post($"/statements/{_statement}/confirmation")).Text("state"));
        await stage.Tell("刘老板 confirms it on his phone.");
    }

    private async Task Payout()
    {
        _fundBefore = (await _treasurer.Get("/fund")).Number("cashFen");
        var payout = await _treasurer.Post("/payouts", new { statements = new[] { _statement }, payer = "双流区慈善会" });
        await _staff.Approve(payout.Text("approvalId"));
        await _treasurer.Post($"/payouts/{payout.Text("id")}/submission");
        var today = stage.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await _treasurer.Post($"/payouts/{payout.Text("id")}/payments", new { payments = new[] { new { statementId = _statement, isPaid = true, bankReference = "HD20261201-001", paidOn = today } } });
        Expect("closed", (await _treasurer.Post($"/payouts/{payout.Text("id")}/closing")).Text("state"));
        var after = (await _treasurer.Get("/fund")).Number("cashFen");
        Expect(_fundBefore - payout.Number("fen"), after);
        await stage.Jobs();
        await stage.Tell($"陈会计 prepares {payout.Text("name")}, 小李 approves, the payer's receipt is entered: {Yuan.Of(payout.Number("fen"))} yuan paid.");
        await stage.Tell($"The fund: {Yuan.Of(_fundBefore)} yuan before, {Yuan.Of(after)} yuan after; the canteen's coins are settled.");
    }

    private async Task Proof()
    {
        using var journal = new MemoryStream();
        using var key = stage.Services.GetRequiredService<KeyRing>().JournalKey();
        var head = await stage.Services.GetRequiredService<JournalExport>().Write(Seeding.CommunityId, journal, new EcdsaJournalSigner(key), withTexts: false, CancellationToken.None);
        journal.Position = 0;
        var heads = (await _staff.Get("/journal/month-heads")).List("items").Select(h => Phoenix.Ledger.Verify.JournalHead.Parse(h.Text("head"))!).ToList();
        var report = await JournalVerifier.Verify(journal, new VerifyOptions { Since = heads }, CancellationToken.None);
        if (report.Fault is { } fault)
            throw new DemoFailedException(fault.English);
        await stage.Tell($"{report.Summary.Postings} postings, chain, signature, balances and {heads.Count} published month heads proved from the export alone.");
        await stage.Tell($"Head {head!.Seq}:{head.Hash[..16]}…");
    }

    private async Task<string> Scan(DemoPhone person)
    {
        var code = (await _leader.Get($"/shifts/{_shift}/door-code")).Text("link");
        var ticket = (await person.Post("/check-in/tickets", new { code })).Text("ticket");
        return (await person.Post("/check-in", new { ticket })).List("people")[0].Text("did");
    }

    private static void Expect<T>(T wanted, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, found))
            throw new DemoFailedException($"expected {wanted}, found {found}.");
    }
}
