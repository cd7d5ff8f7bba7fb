using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community.Audit;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.MiniProgram;
using Phoenix.App.MiniProgram.Content;
using Phoenix.App.MiniProgram.Push;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.WeChat;
using Phoenix.WeChat.Push;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>What users write and show is checked before anybody sees it; what WeChat can't judge waits for a person.</summary>
public sealed class ContentCheckTests
{
    [Fact]
    public async Task A_text_passes_is_kept_for_a_person_or_is_refused_as_WeChat_says()
    {
        await using var app = await Start(DatabaseKind.Sqlite);
        var author = await SignedIn(app, "oA");
        app.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : text.Contains('疑') ? ContentVerdict.Review : ContentVerdict.Pass;
        Assert.Equal(ContentOutcome.Pass, (await Check(app, author, "帮李奶奶买菜", "每周三")).Value);
        Assert.Equal(ContentOutcome.Review, (await Check(app, author, "有疑问", "每周三")).Value);
        var refused = Assert.IsType<ContentRisky>((await Check(app, author, "好", "坏")).Error);
        Assert.Equal("文字里有不能发布的内容，请改一改再提交。", refused.Message);
        Assert.Equal(ContentOutcome.Pass, (await Check(app, author, "", " ")).Value);
    }

    [Fact]
    public async Task What_WeChat_cannot_judge_waits_for_a_person_and_is_never_refused_or_shown()
    {
        await using var app = await Start(DatabaseKind.Sqlite);
        var author = await SignedIn(app, "oA");
        foreach (var refusal in (Error[])[new WeChatBusy(-1), new WeChatBusy(45009), new WeChatOutcomeUnknown(), new WeChatRequestWrong(61010, "code is expired"), new WeChatAccountWrong(48001, "unauthorized")])
        {
            app.WeChat.NextRefusals.Enqueue(refusal);
            Assert.Equal(ContentOutcome.Review, (await Check(app, author, "帮李奶奶买菜")).Value);
        }

        // Somebody whom staff entered, who never signed in with WeChat.
        Assert.Equal(ContentOutcome.Review, (await Check(app, app.NewRequestId(), "帮李奶奶买菜")).Value);
    }

    [Fact]
    public async Task A_long_text_is_judged_in_pieces_that_hide_nothing_and_a_very_long_one_by_a_person()
    {
        await using var app = await Start(DatabaseKind.Sqlite);
        var author = await SignedIn(app, "oA");
        var asked = new ConcurrentQueue<string>();
        app.WeChat.Judge = text =>
        {
            asked.Enqueue(text);
            return text.Contains("坏词", StringComparison.Ordinal) ? ContentVerdict.Risky : ContentVerdict.Pass;
        };
        Assert.Equal(ContentOutcome.Pass, (await Check(app, author, new string('好', 2500))).Value);
        Assert.Single(asked);
        Assert.IsType<ContentRisky>((await Check(app, author, new string('好', 2499) + "坏词" + new string('好', 100))).Error);
        Assert.Equal(ContentOutcome.Pass, (await Check(app, author, string.Concat(Enumerable.Repeat("🪶", 2400)))).Value);
        Assert.All(asked, text => Assert.True(text.Length <= 2500 && text.IsNormalized()));
        Assert.Equal(ContentOutcome.Review, (await Check(app, author, new string('好', 20_000))).Value);
        Assert.IsType<ContentRisky>((await Check(app, author, "坏词" + new string('好', 20_000))).Error);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_person_decides_on_another_s_text_once_and_the_owner_is_told_in_the_same_transaction(DatabaseKind database)
    {
        await using var app = await Start(database);
        var (author, worker, staff) = (await app.Person(Role.SocialWorker), await app.Person(Role.SocialWorker), await app.Staff());
        var (first, second) = (app.NewRequestId(), app.NewRequestId());
        await Keep(app, new TextReview(Owner.Name, first, author.PersonId, "有疑问的话"));
        await Keep(app, new TextReview(Owner.Name, second, author.PersonId, "改前"));
        await Keep(app, new TextReview(Owner.Name, second, author.PersonId, "改后"));

        var page = (await worker.Get("content-reviews?limit=1")).Ok<Page<ListReviews.Item>>();
        var item = Assert.Single(page.Items);
        Assert.Equal((first, "有疑问的话", false), (item.Subject, item.Text, item.IsOwn));
        var next = Assert.Single((await worker.Get($"content-reviews?limit=1&cursor={page.Next}")).Ok<Page<ListReviews.Item>>().Items);
        Assert.Equal((second, "改后"), (next.Subject, next.Text));
        Assert.True((await author.Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items.All(i => i.IsOwn));
        Assert.DoesNotContain("有疑问的话", await app.Read(Seeding.CommunityId, db => db.Set<ContentReview>().Where(r => r.Id == item.Id).Select(r => r.Text).SingleAsync()), StringComparison.Ordinal);

        (await author.Post($"content-reviews/{item.Id}/decision", new { mayBeShown = true })).Refused(HttpStatusCode.Conflict, "content.own");
        (await worker.Post($"content-reviews/{item.Id}/decision", new { mayBeShown = false })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await worker.Post($"content-reviews/{app.NewRequestId()}/decision", new { mayBeShown = true })).Refused(HttpStatusCode.NotFound, "content.review_unknown");
        var request = app.NewRequestId();
        var decided = await worker.Post($"content-reviews/{item.Id}/decision", new { mayBeShown = false, reason = "写明时间再发" }, request);
        Assert.False(decided.Ok<DecideReview.Response>().MayBeShown);
        Assert.Equal(decided.Text, (await worker.Post($"content-reviews/{item.Id}/decision", new { mayBeShown = false, reason = "写明时间再发" }, request)).Text);
        (await staff.Post($"content-reviews/{item.Id}/decision", new { mayBeShown = true })).Refused(HttpStatusCode.Conflict, "content.review_decided");
        Assert.Equal(new ContentDecision(first, null, false, "写明时间再发"), Assert.Single(Owner.Of(app).Decisions));

        var both = await Task.WhenAll(new[] { worker, staff }.Select(who => Task.Run(() => who.Post($"content-reviews/{next.Id}/decision", new { mayBeShown = true }))));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        both.Single(a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "content.review_decided");
        Assert.Equal(["content.passed", "content.refused"], await app.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().Select(e => e.Action).OrderBy(a => a).ToListAsync()));
        Assert.True(await app.Read(Seeding.CommunityId, db => db.Set<ContentReview>().AllAsync(r => r.Text == null)));
        Assert.Empty((await staff.Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items);

        app.Time.Advance(ContentReview.Retention);
        await app.Sweep("content.purge");
        Assert.Equal(3, await app.Read(Seeding.CommunityId, db => db.Set<ContentReview>().CountAsync()));
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Sweep("content.purge");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<ContentReview>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_picture_is_fetched_by_a_signed_link_and_decided_by_the_push_that_carries_its_trace(DatabaseKind database)
    {
        await using var app = await Start(database);
        var author = await SignedIn(app, "oA");
        var pusher = new Pusher(app);
        var (good, bad, unsure) = (await Submit(app, author), await Submit(app, author), await Submit(app, author));
        await app.Sweep("outbox.relay");
        var asked = app.WeChat.Pictures.ToList();
        Assert.All(asked, p => Assert.Equal("oA", p.OpenId));
        var link = asked.Single(p => p.Url.AbsolutePath.Contains(good.File.ToString(), StringComparison.Ordinal)).Url;
        Assert.Equal("http://127.0.0.1:5080", link.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, (await app.Anyone.Get(link.PathAndQuery)).Status);

        // Of another app, of version 1, of a trace nobody waits for, repeated, twice at once: one decision each at most.
        Assert.Equal("push.appid_wrong", (await pusher.Send(Pusher.Media(good.Trace, "risky", appId: "wx0000000000000000"))).Text);
        await pusher.Send(Pusher.Media("nobody-s", "risky"));
        await pusher.Send($$"""{"FromUserName":"o","CreateTime":9,"MsgType":"event","Event":"wxa_media_check","isrisky":0,"status_code":0,"trace_id":"{{good.Trace}}"}""");
        await pusher.Send(Pusher.Media(bad.Trace, "risky"));
        await pusher.Send(Pusher.Media(unsure.Trace, "review"));
        Assert.Empty(Owner.Of(app).Decisions);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.Sweep("pushes.handle")));
        await pusher.Send(Pusher.Media(bad.Trace, "pass").Replace("\"CreateTime\":1", "\"CreateTime\":2", StringComparison.Ordinal));
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await app.Sweep("pushes.handle");

        var decisions = Owner.Of(app).Decisions.OrderBy(d => d.MayBeShown).ToList();
        Assert.Equal([new(bad.Subject, bad.File, false, null), new(good.Subject, good.File, true, null)], decisions);
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<StoredPush>().CountAsync(p => p.HandledAt == null)));
        var waiting = Assert.Single((await (await app.Staff()).Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items);
        Assert.Equal((unsure.Subject, null, "review"), (waiting.Subject, waiting.Text, waiting.Cause));
        Assert.Equal(HttpStatusCode.OK, (await app.Anyone.Get(waiting.Picture!.Url)).Status);
    }

    [Fact]
    public async Task A_result_that_comes_before_our_own_note_is_not_lost()
    {
        await using var app = await Start(DatabaseKind.Sqlite);
        var picture = await Submit(app, await SignedIn(app, "oA"));
        await new Pusher(app).Send(Pusher.Media(picture.Trace, "pass"));
        await app.Sweep("pushes.handle");
        await app.Sweep("outbox.relay");
        app.Time.Advance(HandlePushes.FirstBackOff);
        await app.Sweep("pushes.handle");
        Assert.True(Assert.Single(Owner.Of(app).Decisions).MayBeShown);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_picture_without_an_answer_within_thirty_minutes_is_for_a_person_and_a_late_answer_counts_no_more(DatabaseKind database)
    {
        await using var app = await Start(database);
        var author = await SignedIn(app, "oA");
        TestCaller staff;
        var picture = await Submit(app, author);
        await app.Sweep("outbox.relay");
        app.Time.Advance(ContentReview.CheckWithin - TimeSpan.FromMilliseconds(1));
        await app.Sweep("content.time-out");
        staff = await app.Staff();
        Assert.Empty((await Staff()).Items);
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Sweep("content.time-out");
        var waiting = Assert.Single((await Staff()).Items);
        Assert.Equal((picture.Subject, "late"), (waiting.Subject, waiting.Cause));

        await new Pusher(app).Send(Pusher.Media(picture.Trace, "pass"));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Sweep("pushes.handle");
        Assert.Empty(Owner.Of(app).Decisions);
        (await staff.Post($"content-reviews/{waiting.Id}/decision", new { mayBeShown = true })).Ok<DecideReview.Response>();
        Assert.Equal(new ContentDecision(picture.Subject, picture.File, true, null), Assert.Single(Owner.Of(app).Decisions));

        async Task<Page<ListReviews.Item>> Staff() => (await staff.Get("content-reviews")).Ok<Page<ListReviews.Item>>();
    }

    [Fact]
    public async Task A_picture_that_WeChat_takes_later_is_asked_again_and_one_that_it_never_takes_is_for_a_person()
    {
        await using var app = await Start(DatabaseKind.Sqlite);
        var author = await SignedIn(app, "oA");
        await Submit(app, author);
        app.WeChat.NextRefusals.Enqueue(new WeChatBusy(-1));
        await app.Sweep("outbox.relay");
        Assert.Empty(app.WeChat.Pictures);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Sweep("outbox.relay");
        Assert.Single(app.WeChat.Pictures);

        await Submit(app, author);
        app.WeChat.NextRefusals.Enqueue(new WeChatRequestWrong(61010, "code is expired"));
        await app.Sweep("outbox.relay");
        await Submit(app, app.NewRequestId());
        await app.Sweep("outbox.relay");
        var items = (await (await app.Staff()).Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items;
        Assert.Equal(["wechat.request_wrong", "no_account"], items.Select(i => i.Cause));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_waits_is_given_out_to_its_author_and_goes_with_them(DatabaseKind database)
    {
        await using var app = await Start(database);
        var author = await app.Person(Role.Member);
        (await author.Post("/api/v1/device-secret")).Ok<Phoenix.App.MiniProgram.Personal.IssueDeviceSecret.Response>();
        await Keep(app, new TextReview(Owner.Name, app.NewRequestId(), author.PersonId, "我家住在3栋"));
        await Keep(app, new TextReview(Owner.Name, app.NewRequestId(), app.NewRequestId(), "别人的"));
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var data = scope.ServiceProvider.GetServices<IPersonalData>().OfType<PersonalContent>().Single();
        Assert.Equal(["2026-11-23", "我家住在3栋"], Assert.Single(Assert.Single(await data.Export(author.PersonId, CancellationToken.None)).Rows));
        for (var twice = 0; twice < 2; twice++)
            await data.Erase(author.PersonId, Departure.Account, CancellationToken.None);
        Assert.Empty(await data.Export(author.PersonId, CancellationToken.None));
        Assert.Equal("别人的", Assert.Single((await (await app.Staff()).Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items).Text);
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.MiniProgram.Personal.DeviceSecret>().CountAsync()));
    }

    private static Task<PhoenixApp> Start(DatabaseKind database) => Pusher.Start(database, PushMode.Secure, builder =>
    {
        builder.Services.AddSingleton<Owner>();
        builder.Services.AddScoped<IReviewedContent>(s => s.GetRequiredService<Owner>());
    });

    private static async Task<Guid> SignedIn(PhoenixApp app, string openId) =>
        (await app.Anyone.Post("/api/v1/sessions", new { code = app.WeChat.LoginCode(openId) })).Ok<Tokens>().PersonId;

    private static async Task<Result<ContentOutcome>> Check(PhoenixApp app, Guid author, params string[] texts)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IContentCheck>().Text(author, ContentScene.Forum, texts, CancellationToken.None);
    }

    private static Task Keep(PhoenixApp app, TextReview review) => InUnit(app, check => check.KeepForReview(review, CancellationToken.None));

    private static async Task<(Guid Subject, Guid File, string Trace)> Submit(PhoenixApp app, Guid author)
    {
        var (subject, file) = (app.NewRequestId(), app.NewRequestId());
        await app.Write(Seeding.CommunityId, db => db.Add(new StoredFile { CommunityId = Seeding.CommunityId, Id = file, UploadedBy = author, Width = 1, Height = 1, Content = [1] }));
        await InUnit(app, check => check.Picture(new PictureReview(Owner.Name, subject, author, ContentScene.Forum, file), CancellationToken.None));
        return (subject, file, $"trace-/api/v1/communities/1/files/{file}");
    }

    private static async Task InUnit(PhoenixApp app, Func<IContentCheck, Task> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var check = scope.ServiceProvider.GetRequiredService<IContentCheck>();
        var done = await scope.ServiceProvider.GetRequiredService<UnitOfWork>().Once<int>(new RequestId(app.NewRequestId(), null, [1]), async () =>
        {
            await act(check);
            return 1;
        }, CancellationToken.None);
        Assert.True(done.IsOk);
    }

    /// <summary>A module that owns reviewed content.</summary>
    private sealed class Owner : IReviewedContent
    {
        public const string Name = "need.text";

        public ConcurrentQueue<ContentDecision> Decisions { get; } = new();

        public string Kind => Name;

        public static Owner Of(PhoenixApp app) => app.Services.GetRequiredService<Owner>();

        public Task Decided(ContentDecision decision, CancellationToken cancel)
        {
            Decisions.Enqueue(decision);
            return Task.CompletedTask;
        }
    }
}
