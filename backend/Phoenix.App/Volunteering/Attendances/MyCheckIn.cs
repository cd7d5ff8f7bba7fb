using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>What one scan lists: oneself and one's children, each with how they stand at this shift; who is absent is unticked before the ticket is used.</summary>
public static class MyCheckIn
{
    /// <summary>One of the family.</summary>
    /// <param name="MemberId">Who.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="IsSelf">Whether it is the caller.</param>
    /// <param name="State">Where the sign-up stands; null for who has none, and comes in only while places remain.</param>
    /// <param name="Attendance">How they stand at the door; null for who hasn't come.</param>
    public sealed record Person(Guid MemberId, string Name, bool IsSelf, SignupState? State, CheckedPerson? Attendance);

    /// <summary>The family.</summary>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="People">Oneself first.</param>
    public sealed record Response(Guid ShiftId, IReadOnlyList<Person> People);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/shifts/{id:guid}/my-check-in", Run)
        .RequireRole(Role.Member)
        .WithName("getMyCheckIn").WithSummary("我和孩子在这个时段的签到");

    private static async Task<Results<Ok<Response>, Refusal>> Run(Guid id, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!await db.Set<Shift>().AnyAsync(s => s.Id == id && db.Set<Activity>().Any(a => a.Id == s.ActivityId && a.State != ActivityState.Draft), cancel))
            return new Refusal(new UnknownShift());
        var self = (await people.OfPersons([caller.PersonId], cancel)).Values;
        var children = (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.IsChild).Select(a => a.Member);
        var family = self.Concat(children).Where(m => !m.HasLeft).Take(JoinShift.MaxPeople).ToList();
        var (persons, live) = (family.ConvertAll(m => m.PersonId), SignupStates.Live.ToArray());
        var signups = await db.Set<Signup>().AsNoTracking().Where(s => s.ShiftId == id && persons.Contains(s.PersonId) && live.Contains(s.State)).ToDictionaryAsync(s => s.PersonId, cancel);
        var attendances = await db.Set<Attendance>().AsNoTracking().Where(a => a.ShiftId == id && persons.Contains(a.PersonId)).ToDictionaryAsync(a => a.PersonId, cancel);
        return TypedResults.Ok(new Response(id, family.ConvertAll(m => new Person(
            m.MemberId, m.Name, m.PersonId == caller.PersonId, signups.GetValueOrDefault(m.PersonId)?.State, attendances.TryGetValue(m.PersonId, out var a) ? CheckedPerson.Of(a) : null))));
    }
}
