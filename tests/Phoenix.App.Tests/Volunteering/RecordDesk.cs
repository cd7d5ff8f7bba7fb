using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Records;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Somebody who served, and a desk that writes their records as verifying does: through the contract, coins in the same transaction.</summary>
public sealed class RecordDesk(PhoenixApp app, TestCaller resident, Guid memberId, TestCaller staff)
{
    /// <summary>Saturday 2026-11-21, 9:00 in Chengdu: two days before the test clock's start.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Who served.</summary>
    public TestCaller Resident => resident;

    /// <summary>Their pseudonym.</summary>
    public Guid MemberId => memberId;

    /// <summary>Who verifies.</summary>
    public TestCaller Staff => staff;

    /// <summary>王阿姨 and a member of staff.</summary>
    public static async Task<RecordDesk> Open(PhoenixApp app)
    {
        var (resident, member) = await app.Member("王阿姨", Role.Volunteer);
        return new RecordDesk(app, resident, member, await app.Staff());
    }

    /// <summary>楼栋关怀日: two and a half hours, 25 coins, as staff verified it.</summary>
    public NewServiceRecord Care(double startsAfterHours = 0, int minutes = 150, long coins = 25) => new()
    {
        PersonId = resident.PersonId,
        MemberId = memberId,
        ActivityId = app.NewRequestId(),
        ActivityName = "楼栋关怀日",
        ShiftId = app.NewRequestId(),
        AttendanceId = app.NewRequestId(),
        Start = Morning.AddHours(startsAfterHours),
        End = Morning.AddHours(startsAfterHours).AddMinutes(minutes),
        Place = "凤凰里 3 栋",
        Content = "上门看望高龄老人",
        Minutes = minutes,
        Organiser = "凤凰里社区居民委员会",
        PersonInCharge = "李社工",
        Grade = EvidenceGrade.A,
        Coins = coins,
        CoinRuleVersion = coins > 0 ? 1 : null,
        WrittenBy = staff.PersonId,
    };

    /// <summary>Writes them in one transaction, posts the coins of those that were written.</summary>
    public async Task<IReadOnlyList<Result<ServiceRecordHead>>> TryWrite(int community, params NewServiceRecord[] records)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var book = scope.ServiceProvider.GetRequiredService<IServiceRecordBook>();
        var written = Array.Empty<Result<ServiceRecordHead>>();
        var request = new RequestId(app.NewRequestId(), staff.PersonId, new byte[32]);
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().Once<string>(request, async () =>
        {
            written = [.. await book.WriteAll(records, CancellationToken.None)];
            var coins = written.Where(w => w.IsOk).Select(w => w.Value.Posting).OfType<LedgerRequest>().ToList();
            if (coins.Count > 0)
                Assert.True((await scope.ServiceProvider.GetRequiredService<LedgerPoster>().PostIn(scope.ServiceProvider.GetRequiredService<PhoenixDb>(), coins, CancellationToken.None)).IsOk);
            return "";
        }, CancellationToken.None);
        return written;
    }

    /// <summary>Writes one that must be taken.</summary>
    public async Task<ServiceRecordHead> Write(NewServiceRecord record) => (await TryWrite(Seeding.CommunityId, record))[0].Value;

    /// <summary>The coins that the resident has.</summary>
    public async Task<long> Coins() => (await app.Services.GetRequiredService<LedgerReads>().CoinsNow(Seeding.CommunityId, memberId, Asset.Coin, CancellationToken.None)).Lots.Sum(l => l.Amount);

    /// <summary>Uses coins up.</summary>
    public async Task Spend(long coins) => Assert.True((await app.Services.GetRequiredService<LedgerPoster>().Post(
        new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), memberId, "test", new Move(PostingKind.Gift, AccountKey.Lots(memberId), AccountKey.Pool(memberId), coins)), CancellationToken.None)).IsOk);
}
