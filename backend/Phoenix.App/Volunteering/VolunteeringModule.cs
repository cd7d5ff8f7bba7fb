using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Certificates;
using Phoenix.App.Volunteering.Equipment;
using Phoenix.App.Volunteering.Grants;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Posters;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Summaries;
using Phoenix.App.Volunteering.Verifying;

namespace Phoenix.App.Volunteering;

/// <summary>From an activity to a service record and a certificate.</summary>
public static class VolunteeringModule
{
    /// <summary>Services.</summary>
    public static void AddVolunteering(this IServiceCollection services)
    {
        services.AddActivities();
        services.AddRecords();
        services.AddAttendances();
        services.AddGrants();
        services.AddCertificates();
        services.AddVerifying();
        services.AddNeeds();
        services.AddSummaries();
        services.AddPosters();
        services.AddEquipment();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapVolunteering(this IEndpointRouteBuilder community)
    {
        community.MapActivities();
        community.MapRecords();
        community.MapAttendances();
        community.MapGrants();
        community.MapCertificates();
        community.MapVerifying();
        community.MapNeeds();
        community.MapSummaries();
        community.MapPosters();
        community.MapEquipment();
    }
}
