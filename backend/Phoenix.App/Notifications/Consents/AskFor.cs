using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Consents;

/// <summary>A screen with a button that may carry WeChat's prompt.</summary>
public enum AskingScreen
{
    /// <summary>报名.</summary>
    Signup,

    /// <summary>候补.</summary>
    Waitlist,

    /// <summary>我的时段.</summary>
    Shift,

    /// <summary>记录与更正.</summary>
    Record,

    /// <summary>留着、我的码.</summary>
    Hold,

    /// <summary>凤凰币.</summary>
    Coins,

    /// <summary>需求单.</summary>
    Need,

    /// <summary>家人.</summary>
    Family,

    /// <summary>柜台: renewed with each confirm.</summary>
    Till,

    /// <summary>对账.</summary>
    Statement,

    /// <summary>待办.</summary>
    Duties,
}

/// <summary>
/// Which templates to ask for on the screen at hand: fetched with the page, so that the prompt comes first in the tap. Only kinds that make sense there,
/// are usable, not switched off, not refused lately, and of which few messages are left.
/// </summary>
public static class AskFor
{
    /// <summary>Ask while fewer messages than this may be sent.</summary>
    public const int Low = 3;

    /// <summary>At the till, where every confirm renews one: a lunch rush ahead.</summary>
    public const int LowAtTheTill = 60;

    /// <summary>After a no the product doesn't ask again for so long.</summary>
    public static readonly TimeSpan QuietAfterNo = TimeSpan.FromDays(7);

    private static readonly Dictionary<AskingScreen, NoticeKind[]> s_kinds = new()
    {
        [AskingScreen.Signup] = [NoticeKind.ShiftReminder, NoticeKind.ShiftCancelled, NoticeKind.RecordWritten],
        [AskingScreen.Waitlist] = [NoticeKind.PlaceOffered, NoticeKind.ShiftReminder, NoticeKind.ShiftCancelled],
        [AskingScreen.Shift] = [NoticeKind.RecordWritten, NoticeKind.ShiftReminder, NoticeKind.ShiftCancelled],
        [AskingScreen.Record] = [NoticeKind.CorrectionAnswered, NoticeKind.RecordWritten],
        [AskingScreen.Hold] = [NoticeKind.RedemptionExpired, NoticeKind.RedemptionDone, NoticeKind.RedemptionHeld],
        [AskingScreen.Coins] = [NoticeKind.CoinsExpiring, NoticeKind.CoinsGranted, NoticeKind.RedemptionDone],
        [AskingScreen.Need] = [NoticeKind.NeedProgress],
        [AskingScreen.Family] = [NoticeKind.GuardianConsentAsked, NoticeKind.CardUsed],
        [AskingScreen.Till] = [NoticeKind.TillOrder],
        [AskingScreen.Statement] = [NoticeKind.StatementReady, NoticeKind.DisputeAnswered],
        [AskingScreen.Duties] = [NoticeKind.ApprovalWaiting, NoticeKind.ApprovalAnswered],
    };

    /// <summary>What to ask for.</summary>
    /// <param name="Templates">For <c>wx.requestSubscribeMessage</c>, at most 3; none: don't ask.</param>
    public sealed record Response(IReadOnlyList<Template> Templates);

    /// <summary>A template.</summary>
    /// <param name="TemplateId">priTmplId.</param>
    /// <param name="Title">As WeChat's prompt shows it.</param>
    /// <param name="Messages">How many may be sent now.</param>
    public sealed record Template(string TemplateId, string Title, int Messages);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/messages/templates", Run)
        .RequireSignedIn()
        .WithName("templatesToAskFor").WithSummary("这一页要请求的订阅模板");

    private static async Task<Results<Ok<Response>, Refusal>> Run([FromQuery] string screen, Caller caller, Finder finder, CancellationToken cancel) =>
        Enum.TryParse<AskingScreen>(screen, ignoreCase: true, out var at) && Enum.IsDefined(at) && !int.TryParse(screen, out _)
            ? TypedResults.Ok(await finder.Find(at, caller.PersonId, cancel))
            : new Refusal(new BadParameter());

    /// <summary>Finds them.</summary>
    internal sealed class Finder(TemplateBook templates, ConsentLedger ledger, PreferenceBook preferences, Clock clock)
    {
        public async Task<Response> Find(AskingScreen screen, Guid person, CancellationToken cancel)
        {
            var off = await preferences.SwitchedOff(person, cancel);
            var kinds = s_kinds[screen].Where(kind => !off.Contains(Catalogue.Of(kind).Group)).ToArray();
            var bindings = (await templates.Bind(kinds, cancel)).DistinctBy(b => b.TemplateId, StringComparer.Ordinal).DistinctBy(b => b.Title, StringComparer.Ordinal).ToList();
            var counts = await ledger.Balances(person, bindings.ConvertAll(b => b.TemplateId), cancel);
            var low = screen == AskingScreen.Till ? LowAtTheTill : Low;
            var saidNoAfter = clock.Now - QuietAfterNo;
            var asked = bindings.Select(b => (Binding: b, Count: counts.GetValueOrDefault(b.TemplateId)))
                .Where(x => (x.Count?.Balance ?? 0) < low && (x.Count?.RefusedAt is not { } no || no <= saidNoAfter));
            return new Response([.. asked.Take(ReportConsents.MaxAnswers).Select(x => new Template(x.Binding.TemplateId, x.Binding.Title, x.Count?.Balance ?? 0))]);
        }
    }
}
