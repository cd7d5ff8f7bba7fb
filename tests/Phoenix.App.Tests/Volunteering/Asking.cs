using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Needs;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>求助 as residents and staff go through it.</summary>
internal static class Asking
{
    /// <summary>What 王奶奶 needs.</summary>
    public static NeedDetails Details { get; } = new("想请人陪我去社区医院量血压", "3 栋 2 单元 501", "周六上午", null, "13800001234");

    public static object Form(Guid? member = null, bool first = false, NeedDetails? details = null) => new { category = "eldersAndChildren", details = details ?? Details, memberId = member, isFirst = first };

    public static async Task<NeedView> Raised(this TestCaller caller, Guid? member = null, bool first = false) => (await caller.Post("needs", Form(member, first))).Ok<NeedView>();

    public static Task<Answer> Triage(this TestCaller staff, Guid need, string decision, string? answer = null, string? to = null) =>
        staff.Post($"staff/needs/{need}/triage", new { decision, answer, referredTo = to });

    public static Task<Answer> Arrange(this TestCaller staff, Guid need, Guid shift) => staff.Post($"staff/needs/{need}/arrangement", new { shiftId = shift });

    /// <summary>Raised, accepted, given to Saturday's shift.</summary>
    public static async Task<NeedView> Arranged(this World world, TestCaller caller, StaffActivity.Detail activity, Guid? member = null)
    {
        var need = await caller.Raised(member);
        (await world.Staff.Triage(need.Id, "accept")).Ok<StaffNeeds.Item>();
        return (await world.Staff.Arrange(need.Id, activity.Shifts[0].Id)).Ok<StaffNeeds.Item>().Need;
    }

    /// <summary>What the person was told, in order.</summary>
    public static Task<List<string>> Letters(this World world, TestCaller caller) => Identity.PeopleWorld.Told(world.App, caller.PersonId);
}
