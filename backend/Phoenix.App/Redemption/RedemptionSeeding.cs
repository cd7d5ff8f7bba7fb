using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption;

/// <summary>Gives 凤凰里社区 partners for a newcomer's first look: a canteen, a supermarket, a music studio, a home-care station, each with terms and offers; and red partners with what they promise.</summary>
public static class RedemptionSeeding
{
    /// <summary>The canteen's name.</summary>
    public const string Canteen = "凤凰里长者食堂";

    /// <summary>What the canteen's lunch costs, in coins.</summary>
    public const long LunchCoins = 18;

    private const long FenPerCoin = 50;

    private static readonly Shop[] s_shops =
    [
        new(Canteen, "3栋底商", "每天 7:00-19:00", [new("爱心午餐", LunchCoins, "一荤两素一汤，米饭管够。", "加鸡腿到店另付。", 11 * 60, 13 * 60 + 30, 60, 1), new("早餐套餐", 6, "包子两个、豆浆一杯。", "", 7 * 60, 9 * 60, null, 1)]),
        new("永安惠民超市", "南门外20号", "每天 8:00-21:00", [new("洗衣液一瓶", 30, "2 公斤装。", "", 8 * 60, 21 * 60, null, null), new("大米一袋", 45, "5 公斤装，可送上门。", "", 8 * 60, 21 * 60, null, null)]),
        new("小凤凰音乐工作室", "5栋二楼", "周二至周日 10:00-20:00", [new("儿童体验课一节", 25, "45 分钟，家长陪同。", "乐谱到店另付。", 10 * 60, 20 * 60, 4, 1)]),
        new("康宁居家养老服务站", "1栋底商", "周一至周六 9:00-18:00", [new("上门理发一次", 20, "为行动不便的老人上门。", "", 9 * 60, 18 * 60, 6, 1), new("助浴一次", 40, "在服务站，有人陪护。", "", 9 * 60, 18 * 60, 3, 1)]),
    ];

    private static readonly (string Partner, string Commitments)[] s_red =
    [
        ("双流供电所党支部", "每季度一次用电安全检查，为独居老人免费换灯泡、修插座。"),
        ("永安卫生院党支部", "每月一次义诊，为高龄老人上门量血压。"),
    ];

    /// <summary>Adds them to the community in scope where there is no merchant yet; run twice it does nothing.</summary>
    public static async Task Run(PhoenixDb db, Clock clock, IIds ids, CancellationToken cancel)
    {
        if (await db.Set<Merchant>().AnyAsync(cancel))
            return;
        var (community, now) = (db.Scope.CommunityId, clock.Now);
        var today = CommunityTime.Shanghai.DayOf(now);
        foreach (var shop in s_shops)
            Add(db, shop, ids, now, today);
        foreach (var (partner, commitments) in s_red)
            db.Add(new Partnership
            {
                CommunityId = community,
                Id = ids.New(),
                Partner = partner,
                SortKey = ChineseOrder.KeyOf(partner),
                Kind = PartnerKind.Red,
                Commitments = commitments,
                StartsOn = today,
                ApprovalId = ids.New(),
                SignedAt = now,
            });
        await db.SaveChangesAsync(cancel);
    }

    private sealed record Shop(string Name, string Address, string Hours, IReadOnlyList<Item> Items);

    private sealed record Item(string Title, long Coins, string Description, string Extra, int From, int To, int? PerDay, int? PerPersonDay);

    private static void Add(PhoenixDb db, Shop shop, IIds ids, DateTimeOffset now, DateOnly today)
    {
        var community = db.Scope.CommunityId;
        var merchant = new Merchant
        {
            CommunityId = community,
            Id = ids.New(),
            Name = shop.Name,
            SortKey = ChineseOrder.KeyOf(shop.Name),
            Kind = PartnerKind.Merchant,
            Address = shop.Address,
            Phone = "028-85670001",
            OpeningHours = shop.Hours,
            State = MerchantState.Active,
            CreatedAt = now,
        };
        db.Add(merchant);
        db.Add(new MerchantAgreement
        {
            CommunityId = community,
            Id = ids.New(),
            MerchantId = merchant.Id,
            Version = 1,
            FenPerCoin = FenPerCoin,
            FundSharePercent = 100,
            StartsOn = today,
            Paper = "演示协议",
            ApprovalId = ids.New(),
            ProposedAt = now,
            SignedAt = now,
        });
        foreach (var item in shop.Items)
        {
            var offer = new Offer { CommunityId = community, Id = ids.New(), MerchantId = merchant.Id, State = OfferState.Active, Version = 1, IsPinned = item == shop.Items[0], CreatedAt = now };
            db.Add(offer);
            db.Add(new OfferVersion
            {
                CommunityId = community,
                OfferId = offer.Id,
                Version = 1,
                Title = item.Title,
                Description = item.Description,
                ExtraText = item.Extra,
                Coins = item.Coins,
                StockPerDay = item.PerDay,
                PerPersonDay = item.PerPersonDay,
                MaxQuantity = item.PerPersonDay ?? 2,
                Weekdays = OfferVersion.AllDays,
                FromMinute = item.From,
                ToMinute = item.To,
                ApprovalId = ids.New(),
                ProposedAt = now,
                ApprovedAt = now,
            });
        }
    }
}
