using Phoenix.App.Community;
using Phoenix.App.Identity.Cards;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Identity.Setup;
using Phoenix.App.Identity.Units;
using Phoenix.App.Identity.Volunteers;

namespace Phoenix.App.Identity;

/// <summary>People, their roles and their access tokens.</summary>
public static class IdentityModule
{
    /// <summary>Services.</summary>
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAccessTokens>(s => s.GetRequiredService<AccessTokens>());
        services.AddSingleton<ICallers, Callers>();
        services.AddScoped<IRoleHolders, RoleHolders>();
        services.AddScoped<SessionBook>();
        services.AddScoped<LogIn.Handler>();
        services.AddScoped<RefreshSession.Handler>();
        services.AddScoped<LogOut.Handler>();
        services.AddScoped<SignOutMember.Handler>();
        services.AddSingleton<SetupCodes>();
        services.AddScoped<UseSetupCode.Handler>();
        services.AddScoped<RoleBook>();
        services.AddScoped<GrantRole.Handler>();
        services.AddScoped<IApprovalKind, GrantRole.Approved>();
        services.AddScoped<WithdrawRole.Handler>();
        services.AddScoped<NameDeputy.Handler>();
        services.AddScoped<HandOver.Handler>();
        services.AddScoped<HandOver.Mover>();
        services.AddScoped<IApprovalKind, HandOver.Approved>();
        services.AddScoped<JoinCommunity.Handler>();
        services.AddScoped<ChangeMembership.Handler>();
        services.AddScoped<RegisterVolunteer.Handler>();
        services.AddPeople();
        services.AddUnits();
        services.AddCards();
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        LogIn.Map(api);
        RefreshSession.Map(api);
        LogOut.Map(api);
        GetMe.Map(community);
        SignOutMember.Map(community);
        ListMembers.Map(community);
        UseSetupCode.Map(community);
        ListRoles.Map(community);
        GrantRole.Map(community);
        WithdrawRole.Map(community);
        NameDeputy.Map(community);
        ListDeputies.Map(community);
        HandOver.Map(community);
        JoinCommunity.Map(community);
        GetMembership.Map(community);
        ChangeMembership.Map(community);
        RegisterVolunteer.Map(community);
        GetVolunteerCard.Map(community);
        api.MapPeople(community);
        community.MapUnits();
        community.MapCards();
    }
}
