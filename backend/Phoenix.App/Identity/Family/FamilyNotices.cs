using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>Tells people what changes between them and their family, in the present unit of work.</summary>
internal sealed class FamilyNotices(INotifications notifications, IPeople people, Clock clock)
{
    private const string Page = "packages/volunteer/family/family";

    /// <summary>Tells these persons that somebody acts for somebody, or does so no more.</summary>
    public async Task Changed(string key, IReadOnlyCollection<Guid> tell, Guid who, Guid whom, string tie, bool isLinked, string why, CancellationToken cancel)
    {
        var heads = await people.OfPersons([who, whom], cancel);
        if (heads.TryGetValue(who, out var actor) && heads.TryGetValue(whom, out var principal))
            await notifications.TellAll([.. tell.Distinct().Select(p => new Notice(p, key, new FamilyChanged(actor.Name, principal.Name, tie, isLinked, why), Page))], cancel);
    }

    /// <summary>Asks a child of 14 and its guardians to consent anew; once.</summary>
    public async Task AskAtFourteen(Guid child, IReadOnlyCollection<Guid> guardians, CancellationToken cancel)
    {
        if (!(await people.OfPersons([child], cancel)).TryGetValue(child, out var head))
            return;
        var facts = new GuardianConsentAsked(head.Name, "满 14 周岁后继续参加志愿服务", clock.Now);
        await notifications.TellAll([.. guardians.Append(child).Distinct().Select(p => new Notice(p, $"consent-14:{child:N}", facts, Page))], cancel);
    }
}
