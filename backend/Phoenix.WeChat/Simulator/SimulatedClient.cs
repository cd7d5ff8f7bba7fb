using System.Text.RegularExpressions;
using Phoenix.Platform.Results;
using Phoenix.WeChat.Simulator.Api;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator;

/// <summary>What wx.* would do on the phones of simulated users.</summary>
public sealed partial class SimulatedClient
{
    private const int MostTemplates = 3;
    private const int NoPhoneCredit = 1_400_001;
    private readonly WeChatSimulator _sim;

    internal SimulatedClient(WeChatSimulator sim) => _sim = sim;

    /// <summary>Every user, in the order in which they came.</summary>
    public IReadOnlyList<UserView> Users => _sim.Locked(() => (IReadOnlyList<UserView>)[.. _sim.Users.Values.Select(ViewOf)]);

    /// <summary>
    /// The user of this name, made if there is none yet. The openid follows from the name, so that after a restart the same name is the same
    /// user to the product. Refused: <see cref="SimulatedUserWrong"/>, <see cref="SimulatedUsersFull"/>.
    /// </summary>
    /// <param name="name">1 to 20 characters.</param>
    /// <param name="phone">11 digits; null makes a number of the name, or keeps the present one.</param>
    public Result<UserView> Choose(string name, string? phone = null)
    {
        name = name.Trim();
        if (name.Length is 0 or > SimulatorLimits.NameLength || phone is not null && !PhonePattern().IsMatch(phone))
            return new SimulatedUserWrong();
        return _sim.Locked<Result<UserView>>(() =>
        {
            var openId = "oSim" + SimulatorText.Stable($"{_sim.Account.AppId}:{name}", 24);
            if (!_sim.Users.TryGetValue(openId, out var user))
            {
                if (_sim.Users.Count == SimulatorLimits.Users)
                    return new SimulatedUsersFull();
                user = new SimulatedUser { OpenId = openId, UnionId = "uSim" + SimulatorText.Stable(name, 24), Name = name, Phone = phone ?? PhoneOf(openId), SessionKey = "" };
                _sim.RenewSessionKey(user);
                _sim.Users[openId] = user;
            }

            user.Phone = phone ?? user.Phone;
            return ViewOf(user);
        });
    }

    /// <summary>One user. Refused: <see cref="SimulatedUserUnknown"/>.</summary>
    public Result<UserView> Find(string openId) => With(openId, user => (Result<UserView>)ViewOf(user));

    /// <summary>A user's messages, newest first. Refused: <see cref="SimulatedUserUnknown"/>.</summary>
    public Result<ReceivedMessage[]> Messages(string openId) =>
        With<ReceivedMessage[]>(openId, user => user.Messages.AsEnumerable().Reverse().ToArray());

    /// <summary>Changes what a user is like; null leaves it. Refused: <see cref="SimulatedUserUnknown"/>.</summary>
    public Result<UserView> Change(string openId, PhoneAnswer? phoneAnswer = null, bool? isBlocked = null, int? riskRank = null) => With<UserView>(openId, user =>
    {
        user.PhoneAnswer = phoneAnswer ?? user.PhoneAnswer;
        user.IsBlocked = isBlocked ?? user.IsBlocked;
        user.RiskRank = Math.Clamp(riskRank ?? user.RiskRank, 0, 4);
        return ViewOf(user);
    });

    /// <summary>wx.login: a code. Refused: <see cref="SimulatedUserUnknown"/>.</summary>
    public Result<string> Login(string openId) => With<string>(openId, user =>
    {
        user.ActiveAt = _sim.Clock.Now;
        return _sim.Codes.Make(CodeKind.Login, user);
    });

    /// <summary>
    /// The phone button: a code, paid for by one of the account's credits. Refused: <see cref="SimulatedUserUnknown"/>,
    /// <see cref="SimulatedClientRefused"/> (denied, or 1400001 without credit: then no sheet is shown).
    /// </summary>
    /// <param name="openId">The user.</param>
    /// <param name="answer">How the user answers; null takes the user's own way.</param>
    public Result<string> PhoneNumber(string openId, PhoneAnswer? answer = null) => With<string>(openId, user =>
    {
        user.ActiveAt = _sim.Clock.Now;
        if (_sim.CurrentSettings.PhoneCredit < 1)
            return new SimulatedClientRefused("getPhoneNumber:fail no quota", NoPhoneCredit);
        if ((answer ?? user.PhoneAnswer) == PhoneAnswer.Deny)
            return new SimulatedClientRefused("getPhoneNumber:fail user deny", 0);
        _sim.SpendPhoneCredit();
        return _sim.Codes.Make(CodeKind.Phone, user);
    });

    /// <summary>Which of the templates the prompt would show: those without a kept answer that are neither banned nor filtered out. Refused as <see cref="Subscribe"/>.</summary>
    public Result<MessageTemplate[]> Prompt(string openId, IReadOnlyList<string> templateIds) => With(openId, user =>
        Askable(user, templateIds).Map(templates => templates.Where(t => IsAsked(user, t, templates)).Select(WeChatSimulator.ViewOf).ToArray()));

    /// <summary>
    /// wx.requestSubscribeMessage: per template accept, reject, ban or filter. Every accept is one more message that the user takes.
    /// Refused: <see cref="SimulatedUserUnknown"/>, <see cref="SimulatedClientRefused"/> (10001, 20001 to 20004).
    /// </summary>
    /// <param name="openId">The user.</param>
    /// <param name="templateIds">At most three, of one kind.</param>
    /// <param name="choices">What the user ticks; a template that isn't named is not ticked, so refused.</param>
    /// <param name="keep">总是保持以上选择: from now on no prompt, and the same answer.</param>
    public Result<Dictionary<string, string>> Subscribe(
        string openId, IReadOnlyList<string> templateIds, IReadOnlyDictionary<string, SubscribeChoice> choices, bool keep = false) => With<Dictionary<string, string>>(openId, user =>
    {
        user.ActiveAt = _sim.Clock.Now;
        if (!Askable(user, templateIds).TryGet(out var templates, out var refusal))
            return refusal;
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        var shown = new List<(string TemplateId, SubscribeChoice Choice)>();
        foreach (var template in templates)
        {
            if (template.IsBanned || IsDuplicateTitle(template, templates))
            {
                results[template.Id] = template.IsBanned ? "ban" : "filter";
                continue;
            }

            var present = user.Subscriptions.GetValueOrDefault(template.Id) ?? new Subscription(0, null);
            var choice = present.Saved ?? choices.GetValueOrDefault(template.Id, SubscribeChoice.Reject);
            user.Subscriptions[template.Id] = new Subscription(
                choice == SubscribeChoice.Accept ? Math.Min(present.Quota + 1, SimulatorLimits.Quota) : present.Quota, keep ? choice : present.Saved);
            results[template.Id] = choice == SubscribeChoice.Accept ? "accept" : "reject";
            if (present.Saved is null || _sim.CurrentSettings.SilentAcceptIsPushed)
                shown.Add((template.Id, choice));
        }

        _sim.Events.Answered(user.OpenId, shown);
        return results;
    });

    /// <summary>
    /// The mini program's settings in WeChat: one template, or the main switch. Off takes back what was accepted and is pushed as a change;
    /// on forgets the kept answer. Refused: <see cref="SimulatedUserUnknown"/>, <see cref="SimulatedClientRefused"/> (no such template).
    /// </summary>
    /// <param name="openId">The user.</param>
    /// <param name="templateId">The template; null is the main switch.</param>
    /// <param name="isOn">On or off.</param>
    public Result<UserView> Switch(string openId, string? templateId, bool isOn) => With<UserView>(openId, user =>
    {
        if (templateId is not null && _sim.AccountTemplates.Find(templateId) is null)
            return new SimulatedClientRefused("openSetting:fail no template data", 20001);
        string[] touched = templateId is not null ? [templateId] : [.. user.Subscriptions.Keys];
        if (templateId is null)
            user.TakesMessages = isOn;
        foreach (var id in touched)
            if (!isOn)
                user.Subscriptions[id] = new Subscription(0, templateId is null ? user.Subscriptions[id].Saved : SubscribeChoice.Reject);
            else if (templateId is not null)
                user.Subscriptions[id] = new Subscription(user.Subscriptions.GetValueOrDefault(id)?.Quota ?? 0, null);
        if (!isOn)
            _sim.Events.SwitchedOff(user.OpenId, touched);
        return ViewOf(user);
    });

    /// <summary>
    /// Opens the mini program: by a scanned code's text, by a link, or just so (null). Refused: <see cref="SimulatedUserUnknown"/>,
    /// <see cref="SimulatedCodeUnknown"/>.
    /// </summary>
    /// <returns>The page with its query; empty is the home page.</returns>
    public Result<string> Open(string openId, string? text = null) => With<string>(openId, user =>
    {
        if (text is not null && PageOf(text) is not { } page)
            return new SimulatedCodeUnknown();
        user.ActiveAt = _sim.Clock.Now;
        return text is null ? "" : PageOf(text)!;
    });

    private Result<T> With<T>(string openId, Func<SimulatedUser, Result<T>> act) =>
        _sim.Locked(() => _sim.Users.TryGetValue(openId, out var user) ? act(user) : new SimulatedUserUnknown());

    private string? PageOf(string text)
    {
        if (_sim.MadeLinks.Find(text) is { } link)
            return _sim.Clock.Now < link.ExpiresAt ? Join(link.Page, link.Query) : null;
        if (!text.StartsWith(Codes.Scheme, StringComparison.Ordinal))
            return null;
        var parts = text[Codes.Scheme.Length..].Split('&').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.Ordinal);
        // The scene stays encoded: the page decodes it, as WeChat's documents say.
        return parts["page"].FirstOrDefault() is { } page && parts["scene"].FirstOrDefault() is { } scene ? Join(Uri.UnescapeDataString(page), "scene=" + scene) : null;
    }

    private static string Join(string page, string query) => query.Length == 0 ? page : $"{page}?{query}";

    // WeChat's own order of complaints.
    private Result<List<AccountTemplate>> Askable(SimulatedUser user, IReadOnlyList<string> templateIds)
    {
        if (templateIds.Count == 0)
            return Fail("invalid tmplIds", 10001);
        if (templateIds.Count > MostTemplates)
            return Fail("the number of tmplIds is over 3", 20003);
        var found = templateIds.Distinct(StringComparer.Ordinal).Select(_sim.AccountTemplates.Find).ToList();
        if (found.Contains(null))
            return Fail("No template data return, verify the template id exist", 20001);
        var templates = found.OfType<AccountTemplate>().ToList();
        if (templates.DistinctBy(t => t.Of.IsLongTerm).Count() > 1)
            return Fail("Templates type must be same", 20002);
        return user.TakesMessages ? templates : Fail("The main switch is switched off", 20004);
    }

    private static SimulatedClientRefused Fail(string why, int code) => new("requestSubscribeMessage:fail " + why, code);

    private static bool IsAsked(SimulatedUser user, AccountTemplate template, List<AccountTemplate> all) =>
        !template.IsBanned && !IsDuplicateTitle(template, all) && user.Subscriptions.GetValueOrDefault(template.Id)?.Saved is null;

    private static bool IsDuplicateTitle(AccountTemplate template, List<AccountTemplate> all) => all.Find(t => t.Title == template.Title) != template;

    private static string PhoneOf(string openId)
    {
        var number = 0L;
        foreach (var c in openId)
            number = (number * 131 + c) % 100_000_000;
        return $"139{number:00000000}";
    }

    private UserView ViewOf(SimulatedUser user) => new(
        user.OpenId, user.Name, user.Phone, user.PhoneAnswer, user.ActiveAt, user.TakesMessages, user.IsBlocked, user.RiskRank,
        [.. user.Subscriptions.Select(s => new SubscriptionView(s.Key, _sim.AccountTemplates.Find(s.Key)?.Title ?? "", s.Value.Quota, s.Value.Saved))], user.Messages.Count);

    [GeneratedRegex("^1[0-9]{10}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PhonePattern();
}
