using Phoenix.App.Data;
using Phoenix.App.Hosting;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>签到签退: who came and went, and how that is known.</summary>
public static class AttendancesModule
{
    /// <summary>Services.</summary>
    public static void AddAttendances(this IServiceCollection services)
    {
        services.AddSingleton<CheckInWriter>();
        services.AddHostedService<CheckInStop>();
        services.AddSingleton<Tickets>();
        services.AddScoped<Entrance>();
        services.AddScoped<OpenTicket.Handler>();
        services.AddScoped<CheckIn.Handler>();
        services.AddScoped<CheckIn.Longer>();
        services.AddScoped<HeadCounts>();
        services.AddScoped<RegisterByLeader.Handler>();
        services.AddScoped<ScanPerson.Handler>();
        services.AddScoped<EnterTimes.Handler>();
        services.AddScoped<CountHeads.Handler>();
        services.AddScoped<UploadKept.Handler>();
        services.AddScoped<GiveFix.Handler>();
        services.AddScoped<IPersonalData, AttendanceData>();
        services.AddScoped<ISweep, RemindCheckOuts>();
        services.AddScoped<ISweep, PurgeFixes>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapAttendances(this IEndpointRouteBuilder community)
    {
        OpenTicket.Map(community);
        CheckIn.Map(community);
        MyCheckIn.Map(community);
        GiveFix.Map(community);
        DoorCode.Map(community);
        RegisterByLeader.Map(community);
        ScanPerson.Map(community);
        EnterTimes.Map(community);
        CountHeads.Map(community);
        LiveRoster.Map(community);
        LedShifts.Map(community);
        UploadKept.Map(community);
    }
}
