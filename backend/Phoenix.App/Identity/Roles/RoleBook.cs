using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Roles;

/// <summary>The rules about who is what, in one place for granting, withdrawing and hand-over.</summary>
internal sealed class RoleBook(PhoenixDb db, INotifications notifications, IAuditLog audit, Clock clock)
{
    private const string Page = "pages/me/me";

    /// <summary>Roles that approve what others prepare: they are given by two people, and somebody always has them.</summary>
    public static readonly IReadOnlyList<Role> Approvers = [Role.Staff, Role.Treasurer];

    /// <summary>What staff give and take here. The others come by joining, registering, or a merchant's or unit's own page.</summary>
    public static readonly IReadOnlyList<Role> Grantable = [Role.Leader, Role.SocialWorker, Role.Auditor, .. Approvers];

    /// <summary>The person behind a member, or null.</summary>
    public async Task<Member?> Member(Guid memberId, CancellationToken cancel) => await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel);

    /// <summary>Whether somebody other than these two could check a grant: the first administrator can't wait for a second one.</summary>
    public Task<bool> HasOtherChecker(Guid maker, Guid beneficiary, CancellationToken cancel) =>
        db.Set<RoleGrant>().AnyAsync(g => g.Role == Role.Staff && g.PersonId != maker && g.PersonId != beneficiary, cancel);

    /// <summary>Gives the role and tells the person; does nothing where it is held.</summary>
    public async Task Grant(Guid person, Role role, string? reason, CancellationToken cancel)
    {
        if (await db.Set<RoleGrant>().AnyAsync(g => g.PersonId == person && g.Role == role, cancel))
            return;
        db.Add(new RoleGrant { CommunityId = db.Scope.CommunityId, PersonId = person, Role = role, GrantedAt = clock.Now });
        audit.Write("role.granted", $"role:{role}", person, reason);
        await Tell(person, "role-given", role, new RoleGiven(NameOf(role)), cancel);
    }

    /// <summary>Takes the role away; <see cref="RoleNotHeld"/>, or <see cref="LastApprover"/> where nobody else has it.</summary>
    public async Task<Error?> Withdraw(Guid person, Role role, string? reason, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        if (await db.Set<RoleGrant>().FirstOrDefaultAsync(g => g.PersonId == person && g.Role == role, cancel) is not { } grant)
            return new RoleNotHeld();
        if (Approvers.Contains(role) && !await db.Set<RoleGrant>().AnyAsync(g => g.Role == role && g.PersonId != person, cancel))
            return new LastApprover();
        await Remove(grant, reason, cancel);
        return null;
    }

    /// <summary>Takes this grant away and tells the person, whoever else has the role.</summary>
    public async Task Remove(RoleGrant grant, string? reason, CancellationToken cancel)
    {
        db.Remove(grant);
        audit.Write("role.withdrawn", $"role:{grant.Role}", grant.PersonId, reason);
        await Tell(grant.PersonId, "role-withdrawn", grant.Role, new RoleWithdrawn(NameOf(grant.Role)), cancel);
    }

    /// <summary>Tells a stand-in from when to when.</summary>
    public Task TellDeputy(Deputy deputy, CancellationToken cancel) =>
        notifications.Tell(new Notice(deputy.DeputyId, $"deputy-named:{deputy.Id:N}", new RoleGiven($"{NameOf(deputy.Role)}（代理）", deputy.To), Page), cancel);

    /// <summary>The role's name on screen.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Leader => "负责人",
        Role.SocialWorker => "专业社工",
        Role.Staff => "社区工作人员",
        Role.Treasurer => "财务",
        Role.Auditor => "审计",
        Role.MerchantOwner => "商家合伙人",
        Role.Clerk => "店员",
        Role.UnitContact => "单位联系人",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "not granted here"),
    };

    // Given and taken again later is told again; one that is given twice at once is told once.
    private Task Tell(Guid person, string what, Role role, NoticeFacts facts, CancellationToken cancel) =>
        notifications.Tell(new Notice(person, string.Create(CultureInfo.InvariantCulture, $"{what}:{role}:{clock.Now.ToUnixTimeMilliseconds()}"), facts, Page), cancel);
}
