using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Equipment;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>器材 as staff lend it.</summary>
internal static class Lending
{
    /// <summary>Wednesday, two days after the tests' Monday.</summary>
    public static DateOnly Wednesday { get; } = new(2026, 11, 25);

    public static object Form(string name = "轮椅", string kind = "mobility", Guid? station = null, string? place = "服务中心一楼", string? note = null, int version = 0) =>
        new { name, kind, stationId = station, place, note, version };

    public static async Task<EquipmentView> Wheelchair(this World world) => (await world.Staff.Post("staff/equipment", Form())).Ok<EquipmentView>();

    public static Task<Answer> Lend(this TestCaller staff, Guid item, Guid? member, DateOnly? due = null, Guid? requestId = null) =>
        staff.Post($"staff/equipment/{item}/loans", new { dueOn = due ?? Wednesday, memberId = member }, requestId);

    public static async Task<LoanView> Lent(this TestCaller staff, Guid item, Guid? member, DateOnly? due = null) => (await staff.Lend(item, member, due)).Ok<EquipmentView>().Loan!;

    public static Task<Answer> LendToVisitor(this TestCaller staff, Guid item, string name = "外地来的老何", string phone = "13900005678") =>
        staff.Post($"staff/equipment/{item}/loans", new { dueOn = Wednesday, borrower = new { name, phone } });

    public static Task<Answer> Extend(this TestCaller staff, Guid loan, DateOnly due, Guid? requestId = null) => staff.Post($"staff/equipment-loans/{loan}/extension", new { dueOn = due }, requestId);

    public static Task<Answer> TakeBack(this TestCaller staff, Guid loan, string condition = "fine", string? note = null, Guid? requestId = null) =>
        staff.Post($"staff/equipment-loans/{loan}/return", new { condition, note }, requestId);

    public static Task<Answer> Become(this TestCaller staff, Guid item, string state) => staff.Post($"staff/equipment/{item}/state", new { state });

    /// <summary>Asks what a service of the community says.</summary>
    public static async Task<T> Ask<TService, T>(this World world, string type, Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var answer = await ask(scope.ServiceProvider.GetServices<TService>().Single(s => s.GetType().Name == type));
        await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
        return answer;
    }
}
