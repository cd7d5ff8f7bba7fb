using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Equipment;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering;

/// <summary>Gives 凤凰里社区 something to show at a newcomer's first look: places, stations, teams, ten coins an hour, a wheelchair and a first-aid kit to borrow, and 楼栋关怀日 on the coming Saturday.</summary>
public static class VolunteeringSeeding
{
    /// <summary>Places of each of the two shifts.</summary>
    public const int Capacity = 12;

    /// <summary>What 楼栋关怀日 promises: two shifts of twelve people, two and a half hours at ten coins each.</summary>
    public const long PromisedCoins = 2 * Capacity * 25;

    private const int Minutes = 150;

    /// <summary>Adds it to the community in scope where there is no place yet; run twice it does nothing.</summary>
    public static async Task Run(PhoenixDb db, Clock clock, IIds ids, CancellationToken cancel)
    {
        if (await db.Set<Place>().AnyAsync(cancel))
            return;
        var community = db.Scope.CommunityId;
        var grid = Add(new Place { CommunityId = community, Id = ids.New(), Kind = PlaceKind.Grid, Name = "第一网格", Version = 1 });
        var estate = Add(new Place { CommunityId = community, Id = ids.New(), Kind = PlaceKind.Estate, ParentId = grid.Id, Name = "凤凰里小区", Version = 1 });
        var buildings = Enumerable.Range(1, 6).Select(n => Add(new Place { CommunityId = community, Id = ids.New(), Kind = PlaceKind.Building, ParentId = estate.Id, Name = $"{n}栋", Version = 1 })).ToList();
        var station = Add(new Station { CommunityId = community, Id = ids.New(), Kind = StationKind.Volunteering, Name = "凤凰里志愿服务站", PlaceId = estate.Id, Address = "社区服务中心一楼", OpeningHours = "周一至周六 9:00-17:00", Version = 1 });
        Add(new Station { CommunityId = community, Id = ids.New(), Kind = StationKind.CivilizationPractice, Name = "凤凰里新时代文明实践站", PlaceId = estate.Id, Address = "社区服务中心二楼", OpeningHours = "周一至周日 9:00-20:00", Version = 1 });
        foreach (var (name, purpose) in Teams)
            Add(new Team { CommunityId = community, Id = ids.New(), Name = name, Purpose = purpose, StationId = station.Id, Version = 1 });
        var (now, today) = (clock.Now, CommunityTime.Shanghai.DayOf(clock.Now));
        Add(new EquipmentItem { CommunityId = community, Id = ids.New(), Number = 1, Name = "轮椅", Kind = EquipmentKind.Mobility, StationId = station.Id, RegisteredAt = now, Version = 1 });
        Add(new EquipmentItem { CommunityId = community, Id = ids.New(), Number = 2, Name = "急救箱", Kind = EquipmentKind.FirstAid, StationId = station.Id, RegisteredAt = now, Version = 1 });
        Add(new CoinRule { CommunityId = community, Version = 1, CoinsPerHour = 10, EffectiveFrom = today, CreatedAt = now });
        await db.SaveChangesAsync(cancel);

        var activity = Add(CareDay(community, ids.New(), now));
        var saturday = today.AddDays(2);
        while (saturday.DayOfWeek != DayOfWeek.Saturday)
            saturday = saturday.AddDays(1);
        foreach (var hour in (int[])[9, 14])
        {
            var start = CommunityTime.Shanghai.At(saturday, new TimeOnly(hour, 0));
            Add(new Shift
            {
                CommunityId = community,
                Id = ids.New(),
                ActivityId = activity.Id,
                StartsAt = start,
                EndsAt = start.AddMinutes(Minutes),
                Capacity = Capacity,
                PlaceId = buildings[2].Id,
                Address = "3栋架空层",
                CoinRuleVersion = 1,
                Version = 1,
            });
        }

        await db.SaveChangesAsync(cancel);

        T Add<T>(T row)
            where T : class
        {
            db.Add(row);
            return row;
        }
    }

    private static readonly (string Name, string Purpose)[] Teams =
    [
        ("助残扶老队", "看望独居老人和残疾邻居，陪同就医，帮忙买菜打扫。"),
        ("文明劝导队", "劝导文明停车、垃圾分类、遛狗牵绳。"),
        ("社区平安队", "楼栋巡查，消防宣传，调解邻里小事。"),
        ("环保科普队", "旧物回收，节能小课堂，带孩子认识身边的植物。"),
    ];

    private static Activity CareDay(int community, Guid id, DateTimeOffset now) => new()
    {
        CommunityId = community,
        Id = id,
        State = ActivityState.Published,
        Kind = ActivityKind.Gathering,
        Category = ImpactCategory.EldersAndChildren,
        Title = "楼栋关怀日",
        Description = "两人一组，上门看望独居和高龄老人，陪着聊聊天，帮忙打扫、换灯泡、代买东西。",
        GuidedBy = "永安镇人民政府",
        HostedBy = "凤凰里社区居民委员会",
        RunBy = "助残扶老队",
        ContactName = "社区服务台",
        ContactPhone = "028-85670000",
        Risks = "上下楼梯、搬抬物品请量力而行；两人一组，不单独进门；身体不适马上告诉负责人。",
        Insurance = "社区为参加者统一投保志愿者意外险，当天有效。",
        BudgetCoins = PromisedCoins,
        PromisedCoins = PromisedCoins,
        CreatedAt = now,
        PublishedAt = now,
        Version = 1,
    };
}
