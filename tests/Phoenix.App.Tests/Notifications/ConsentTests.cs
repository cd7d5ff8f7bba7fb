using System.Net;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.MiniProgram;
using Phoenix.Platform.Data;
using Phoenix.WeChat.Push;

namespace Phoenix.App.Tests.Notifications;

/// <summary>The counts of consents follow WeChat's: up with an acceptance that the client reports, down with a message, to nothing with a refusal.</summary>
public sealed class ConsentTests
{
    private const string Consents = "/api/v1/messages/consents";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Acceptances_add_up_a_report_counts_once_and_a_no_changes_no_count(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var (reader, other) = (await app.Reader(), await app.Reader());
        var id = app.NewRequestId();
        for (var i = 0; i < 2; i++)
            Assert.Equal([("T-hours", 1), ("T-reminder", 1)], Counts(await Report(reader, id, ("T-hours", "accept"), ("T-reminder", "acceptWithAudio"), ("T-nobody-s", "accept"))));
        Assert.Equal([("T-hours", 2), ("T-offer", 0), ("T-reminder", 1)], Counts(await Report(reader, null, ("T-hours", "accept"), ("T-offer", "ban"), ("T-reminder", "reject"))));
        Assert.Equal([("T-hours", 2)], Counts(await Report(reader, null, ("T-hours", "filter"))));
        Assert.Equal([("T-hours", 1)], Counts(await Report(other, null, ("T-hours", "accept"))));

        // Two phones at once lose nothing; nobody has more than the cap.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Report(other, null, ("T-hours", "accept"), ("T-offer", "accept"))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal((9, 8), (await app.Consents(other, "T-hours"), await app.Consents(other, "T-offer")));
        await app.Write(1, db => db.Set<MessageConsent>().Single(c => c.PersonId == other.PersonId && c.TemplateId == "T-hours").Balance = MessageConsent.MaxBalance);
        Assert.Equal([("T-hours", MessageConsent.MaxBalance)], Counts(await Report(other, null, ("T-hours", "accept"))));

        (await Report(reader, null)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Report(reader, null, ("T-1", "accept"), ("T-2", "accept"), ("T-3", "accept"), ("T-4", "accept"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Report(reader, null, ("T-hours", "accept"), ("T-hours", "accept"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Report(reader, null, ("", "accept"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Report(reader, null, ("T-hours", "yes"))).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        (await Report(app.Anyone, null, ("T-hours", "accept"))).Refused(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Switched_off_in_WeChat_nothing_is_left_however_often_it_is_told(DatabaseKind database)
    {
        await using var app = await Posting.Start(database, settings: s => Pusher.Settings(s, PushMode.Secure));
        var reader = await app.Reader("T-hours", 3);
        var (pusher, openId) = (new Pusher(app), Posting.OpenIdOf(reader));
        foreach (var push in (string[])[Pusher.Change("o-nobody", "T-hours"), Pusher.Change(openId, "T-hours"), Pusher.Change(openId, "T-offer"), Pusher.Change(openId, "T-hours", 2)])
            Assert.Equal(HttpStatusCode.OK, (await pusher.Send(push)).Status);
        Assert.Equal(3, await app.Consents(reader, "T-hours"));
        await app.Sweep("pushes.handle");
        Assert.Equal((0, 0), (await app.Consents(reader, "T-hours"), await app.Consents(reader, "T-offer")));
        await app.Tell(reader, "1", Samples.Record);
        await app.Relay();
        Assert.Empty(app.WeChat.Sent);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_screen_asks_for_at_most_three_templates_that_are_low_wanted_and_not_just_refused(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var reader = await app.Reader("T-reminder", AskFor.Low - 1);
        Assert.Equal(["T-reminder", "T-cancelled", "T-hours"], await Ask(reader, "signup"));
        Assert.Equal(["T-offer", "T-reminder", "T-cancelled"], await Ask(reader, "Waitlist"));
        (await reader.Agree("T-reminder")).Ok<ReportConsents.Response>();
        Assert.Equal(["T-cancelled", "T-hours"], await Ask(reader, "signup"));

        (await reader.Agree("T-cancelled", "reject")).Ok<ReportConsents.Response>();
        Assert.Equal(["T-hours"], await Ask(reader, "signup"));
        app.Time.Advance(AskFor.QuietAfterNo - TimeSpan.FromMilliseconds(1));
        reader = await app.Again(reader);
        Assert.Equal(["T-hours"], await Ask(reader, "signup"));
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["T-cancelled", "T-hours"], await Ask(reader, "signup"));
        (await reader.Put("/api/v1/messages/preferences", new { group = "records", isOn = false })).Ok<object>();
        Assert.Equal(["T-cancelled"], await Ask(reader, "signup"));

        // The till goes on asking through a lunch rush; a screen whose templates the account lacks asks for nothing.
        var clerk = await app.Reader("T-collect", AskFor.Low + 1);
        Assert.Equal(["T-collect"], await Ask(clerk, "till"));
        Assert.Empty(await Ask(clerk, "coins"));
        (await clerk.Get("messages/templates?screen=lobby")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        (await clerk.Get("messages/templates?screen=8")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
    }

    private static async Task<IEnumerable<string>> Ask(TestCaller reader, string screen) =>
        (await reader.Get($"messages/templates?screen={screen}")).Ok<AskFor.Response>().Templates.Select(t => t.TemplateId);

    private static Task<Answer> Report(TestCaller reader, Guid? requestId, params (string TemplateId, string Result)[] answers) =>
        reader.Post(Consents, new { answers = answers.Select(a => new { templateId = a.TemplateId, result = a.Result }) }, requestId);

    private static IEnumerable<(string, int)> Counts(Answer answer) => answer.Ok<ReportConsents.Response>().Balances.Select(b => (b.TemplateId, b.Messages));
}
