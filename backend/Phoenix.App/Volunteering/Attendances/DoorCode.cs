using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Places;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>What the leader holds up: the shift's changing code, the key from which the phone makes it without network, the venue's printed code.</summary>
public static class DoorCode
{
    /// <summary>So long before the start and after the end the leader gets codes and the key.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromHours(24);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/shifts/{id:guid}/door-code", Code)
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("getDoorCode").WithSummary("签到码，30 秒一换");
        community.MapGet("/shifts/{id:guid}/door-key", Key)
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("getDoorKey").WithSummary("签到码的离线密钥，只管这一个时段");
        community.MapGet("/places/{id:guid}/venue-code", VenueCode)
            .RequireRole(Role.Staff, Role.SocialWorker).Produces(StatusCodes.Status200OK, contentType: "image/jpeg").WithName("getVenueCode").WithSummary("场地码，打印张贴");
    }

    private static async Task<Results<Ok<RotatingCode>, Refusal>> Code(Guid id, Caller caller, PhoenixDb db, Entrance entrance, ICodes codes, Clock clock, CancellationToken cancel) =>
        await Refused(id, caller, db, entrance, clock, cancel) is { } refusal ? refusal : TypedResults.Ok(codes.Rotating(Binding(id, db)));

    private static async Task<Results<Ok<RotatingKey>, Refusal>> Key(Guid id, Caller caller, PhoenixDb db, Entrance entrance, ICodes codes, Clock clock, CancellationToken cancel) =>
        await Refused(id, caller, db, entrance, clock, cancel) is { } refusal ? refusal : TypedResults.Ok(codes.ExportKey(Binding(id, db)));

    private static async Task<Results<FileContentHttpResult, Refusal>> VenueCode(Guid id, PhoenixDb db, ICodes codes, CancellationToken cancel)
    {
        if (!await db.Set<Place>().AnyAsync(p => p.Id == id && !p.IsArchived, cancel))
            return new Refusal(new UnknownPlace());
        return (await codes.MiniProgramCode(FixedCode.Venue, id, cancel)).TryGet(out var image, out var error) ? TypedResults.File(image.Bytes, image.ContentType) : new Refusal(error);
    }

    private static CodeBinding Binding(Guid shift, PhoenixDb db) => new(CodePurpose.CheckIn, CodeAudience.Resident, db.Scope.CommunityId, shift);

    private static async Task<Refusal?> Refused(Guid id, Caller caller, PhoenixDb db, Entrance entrance, Clock clock, CancellationToken cancel)
    {
        var shift = await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (shift is null || !await entrance.Leads(shift, caller, cancel))
            return new Refusal(new UnknownShift());
        if (shift.State == ShiftState.Cancelled)
            return new Refusal(new ShiftOff());
        var now = clock.Now;
        return now < shift.StartsAt - Around || now >= shift.EndsAt + Around ? new Refusal(new DoorClosed()) : null;
    }
}
