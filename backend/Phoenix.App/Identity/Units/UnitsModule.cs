using Phoenix.App.Data;
using Phoenix.App.Identity.JoinCodes;
using Phoenix.App.Identity.Roles;

namespace Phoenix.App.Identity.Units;

/// <summary>Units with their members and contacts, and the join codes that merchants share with them.</summary>
public static class UnitsModule
{
    /// <summary>Services.</summary>
    public static void AddUnits(this IServiceCollection services)
    {
        services.AddScoped<IJoinCodes, JoinCodeBook>();
        services.AddScoped<IPlaceRoles, PlaceRoles>();
        services.AddScoped<UnitBook>();
        services.AddScoped<IUnits>(s => s.GetRequiredService<UnitBook>());
        services.AddScoped<IHandOverPart, MoveUnitContacts>();
        services.AddScoped<IPersonalData, UnitData>();
        services.AddScoped<EnterUnit.Handler>();
        services.AddScoped<CloseUnit.Handler>();
        services.AddScoped<NameUnitContact.Handler>();
        services.AddScoped<MakeUnitCode.Handler>();
        services.AddScoped<JoinUnit.Handler>();
        services.AddScoped<ChangeMyUnit.Handler>();
        services.AddScoped<ProposeUnitMember.Handler>();
        services.AddScoped<RemoveUnitMember.Handler>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapUnits(this IEndpointRouteBuilder community)
    {
        ListUnits.Map(community);
        EnterUnit.Map(community);
        CloseUnit.Map(community);
        NameUnitContact.Map(community);
        ListContactUnits.Map(community);
        MakeUnitCode.Map(community);
        JoinUnit.Map(community);
        ListMyUnits.Map(community);
        ChangeMyUnit.Map(community);
        ProposeUnitMember.Map(community);
        ListUnitMembers.Map(community);
        RemoveUnitMember.Map(community);
    }
}
