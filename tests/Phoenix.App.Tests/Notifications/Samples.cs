using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Notifications.Facts.Lending;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger.Accounts;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Notifications;

/// <summary>Something of every kind to tell.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset s_now = PhoenixApp.DefaultStart;
    private static readonly DateTimeOffset s_tomorrow = s_now.AddDays(1);
    private static readonly DateOnly s_day = new(2026, 12, 31);
    private static readonly Month s_month = new(2026, 10);

    public static NoticeFacts Record { get; } = new RecordWritten("楼栋关怀", new DateOnly(2026, 11, 22), 150, new Coins(25));

    public static NoticeFacts[] All { get; } =
    [
        new SignupConfirmed("楼栋关怀日", s_tomorrow, "凤凰里社区服务站"), new SignupWaitlisted("楼栋关怀日", s_tomorrow, 2), new PlaceOffered("楼栋关怀日", s_tomorrow, s_now.AddHours(3)),
        new ShiftReminder("楼栋关怀日", s_tomorrow, "凤凰里社区服务站"), new ShiftChanged("楼栋关怀日", s_tomorrow, "凤凰里社区服务站", s_now), new ShiftCancelled("楼栋关怀日", s_tomorrow, "下大雨。"),
        new SignupRejected("楼栋关怀日", s_tomorrow, "需要急救证"), new SignupDropped("楼栋关怀日", s_tomorrow, 2), new CheckedIn("楼栋关怀日", s_now), new CheckOutForgotten("楼栋关怀日", s_now), new CheckOutsOpen("楼栋关怀日", s_now, 3), Record, new RecordWritten("楼栋关怀日", s_day, 20, new Coins(0)), new NoShowNoted("楼栋关怀日", s_now, null), new NoShowNoted("楼栋关怀日", s_now, s_day),
        new ShiftToVerify("楼栋关怀日", s_now, 8, 1), new ShiftToVerify("楼栋关怀日", s_now, 0, 3),
        new RecordsDue(2, 9, 4, s_day), new RecordsDue(0, 0, 4, s_day), new RecordsDue(1, 3, 0, s_day),
        new CorrectionAnswered("楼栋关怀日", true, "已改为 3 小时", s_now), new CorrectionAnswered("楼栋关怀日", false, "当天 10:30 已签退", s_now),
        new NeedProgress("陪同就医", "已安排", s_now, "028-85670000"), new NeedProgress("陪同就医", "已安排", s_now, "028-85670000", s_tomorrow), new NeedProgress("陪同就医", "没能受理", s_now, "028-85670000", null, "要请专业医护"),
        new NeedWaiting("一老一小", "等受理", true), new NeedWaiting("小区治理", "撤回了，不用办了", false), new NeedGiven("楼栋关怀日", s_tomorrow), new NeedDropped("楼栋关怀日", s_tomorrow), new NeedThanked("楼栋关怀日", "饭菜很合口"), new NeedThanked("楼栋关怀日", null),
        new EquipmentLent("轮椅（3 号）", s_day, "028-85670000"), new EquipmentReturned("轮椅（3 号）"), new EquipmentDue("轮椅（3 号）", s_day, s_now, "028-85670000"), new EquipmentOverdue("王奶奶借的急救箱（12 号）", s_day, s_now, "028-85670000"), new CertificateReady(12.5m), new CoinsGranted(new Coins(5), "帮助邻居修水管", s_now), new CoinsExpiring(new Coins(12), s_day),
        new CoinsReturned(new Coins(3), "爱心池退回", s_now), new CoinsReversed(new Coins(3), new Coins(0), "记录重复", s_now), new CoinsReversed(new Coins(3), new Coins(2), "记录重复", s_now),
        new RedemptionHeld("爱心午餐", 1, 27, s_now.AddHours(3), "社区食堂"), new RedemptionDone("爱心午餐", new Coins(18), new Coins(32), "社区食堂", s_now),
        new RedemptionRefused("爱心午餐", new Coins(18), "今天卖完了", s_now), new RedemptionExpired("爱心午餐", new Coins(18), s_now), new RedemptionRefunded("爱心午餐", new Coins(18), "少给了一份", s_now),
        new RedemptionToConfirm("爱心午餐", new Coins(180), "社区食堂", s_now, s_now.AddMinutes(10)), new CardUsed("王奶奶", "爱心午餐", new Coins(18), "社区食堂", s_now),
        new FamilyAsked("小李", s_now), new FamilyChanged("小李", "王奶奶", "家人", true, "工作人员代办"), new FamilyChanged("小李", "王奶奶", "家人", false, "本人解除"), new GuardianConsentAsked("小明", "参加楼栋关怀日", s_now), new TillOrder("爱心午餐", 1, 27, s_now.AddHours(3), "社区食堂"),
        new StatementReady(s_month, 312, s_day), new StatementReminder(s_month, 312, s_day), new DisputeAnswered("10 月 3 日的一笔", true, "已移出本期", s_now),
        new DisputeAnswered("10 月 3 日的一笔", false, "签收单在", s_now), new PayoutMade(s_month, s_day), new ApprovalWaiting("表扬发放 5 枚", "林静", s_now),
        new ApprovalAnswered("表扬发放 5 枚", true, null, s_now), new ApprovalAnswered("表扬发放 5 枚", false, "请补材料", s_now), new RoleGiven("负责人"), new RoleGiven("负责人", s_day),
        new RoleWithdrawn("负责人"), new ContentRefused("活动照片"), new WeeklyDigest(["3 件事等复核", "1 条消息没发出去"]),
        new StallAnswered("秋日集市", "旧书摊", 7, null), new StallAnswered("秋日集市", "旧书摊", null, "摊位满了"), new StallThanked("秋日集市", "旧书摊"), new MarketCancelled("秋日集市", s_tomorrow, "下大雨"),
    ];

    /// <summary>Tells somebody something in a unit of work of its own.</summary>
    public static async Task Tell(this PhoenixApp app, TestCaller person, string key, NoticeFacts facts, int community = Seeding.CommunityId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        await scope.ServiceProvider.GetRequiredService<INotifications>().Tell(new Notice(person.PersonId, key, facts, $"pages/record/record?id={key}"), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
    }
}
