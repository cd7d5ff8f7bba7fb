using System.Linq.Expressions;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity;

/// <summary>The part of the module about people's own data: phones, details, guardians, family, privacy.</summary>
internal static class PeopleParts
{
    /// <summary>Services.</summary>
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddScoped<BirthDates>();
        services.AddScoped<IPeople, People>();
        services.AddScoped<ILawfulDetails, LawfulDetailsBook>();
        services.AddScoped<IWeChatUsers, WeChatUsers>();
        services.AddScoped<GetMember.Handler>();
        AddPhones(services);
        AddFamilies(services);
        services.AddScoped<WriteDetails.Handler>();
        services.AddScoped<CorrectBirthDate.Handler>();
        services.AddScoped<RevealField.Handler>();
        services.AddScoped<ExportMyData.Exporter>();
        services.AddScoped<IPersonalData, OwnData>();
        services.AddScoped<IClosingCheck, OwnClosingCheck>();
        services.AddScoped<Departures>();
        services.AddScoped<CloseAccount.Handler>();
        services.AddScoped<LeaveCommunity.Handler>();
        services.AddScoped<ISweep, FinishClosings>();
        services.AddScoped<ISweep, Tidy>();
        services.AddScoped<ISweep, RotateKeys>();
        AddRotation<WeChatAccount>(services, "wechat_accounts", a => a.PersonId, p => a => !a.OpenId.StartsWith(p) || !a.OpenIdHash.StartsWith(p) || !a.SessionKey.StartsWith(p), (a, keys) => a.Renew(keys));
        AddRotation<Phone>(services, "phones", n => n.Id, p => n => !n.Number.StartsWith(p) || !n.NumberHash.StartsWith(p), (n, keys) => n.Renew(keys));
        AddRotation<BirthDate>(services, "birth_dates", b => b.PersonId, p => b => !b.Day.StartsWith(p), (b, keys) => b.Day = BirthDate.Seal(keys, b.PersonId, b.Open(keys)));
        AddRotation<PersonDetails>(services, "person_details", d => d.PersonId, p => d => !d.RealName.StartsWith(p) || !d.IdNumber.StartsWith(p) || !d.IdNumberHash.StartsWith(p), (d, keys) => d.Renew(keys));
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapPeople(this IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        GetMember.Map(community);
        GivePhoneByWeChat.Map(community);
        GivePhoneByHand.Map(community);
        ConfirmPhone.Map(community);
        ListPendingPhones.Map(community);
        FindByPhone.Map(community);
        AddChild.Map(community);
        ConsentForChild.Map(community);
        ConsentForMyself.Map(community);
        BecomeGuardian.Map(community);
        EndGuardianship.Map(community);
        BindAccount.Map(community);
        LinkFamily.Map(community);
        LinkFamilyByStaff.Map(community);
        WriteDetails.Map(community);
        CorrectBirthDate.Map(community);
        RevealField.Map(community);
        ListLooks.Map(community);
        ExportMyData.Map(community);
        CloseAccount.Map(api, community);
        LeaveCommunity.Map(community);
    }

    private static void AddPhones(IServiceCollection services)
    {
        services.AddScoped<PhoneBook>();
        services.AddScoped<GivePhoneByWeChat.Handler>();
        services.AddScoped<GivePhoneByHand.Handler>();
        services.AddScoped<ConfirmPhone.Handler>();
        services.AddScoped<FindByPhone.Handler>();
    }

    private static void AddFamilies(IServiceCollection services)
    {
        services.AddScoped<GuardianBook>();
        services.AddScoped<AddChild.Handler>();
        services.AddScoped<ConsentForChild.Handler>();
        services.AddScoped<ConsentForMyself.Handler>();
        services.AddScoped<BecomeGuardian.Handler>();
        services.AddScoped<EndGuardianship.Handler>();
        services.AddScoped<ISweep, ComeOfAge>();
        services.AddScoped<FamilyCodes>();
        services.AddScoped<FamilyBook>();
        services.AddScoped<FamilyNotices>();
        services.AddScoped<BindAccount.Handler>();
        services.AddScoped<LinkFamily.Handler>();
        services.AddScoped<LinkFamilyByStaff.Handler>();
    }

    private static void AddRotation<T>(IServiceCollection services, string table, Expression<Func<T, Guid>> by, Func<string, Expression<Func<T, bool>>> stale, Action<T, KeyRing> renew)
        where T : class => services.AddScoped<IRotatesKeys>(s =>
        new RotatesRows<T>(s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), table, by, stale, renew));
}
