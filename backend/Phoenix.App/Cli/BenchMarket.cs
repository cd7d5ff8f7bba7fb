using System.Globalization;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary>Somebody who sends requests in a benchmark.</summary>
internal sealed record BenchPerson(Guid PersonId, Guid SessionId, Guid MemberId)
{
    public string? Token { get; set; }

    public long TokenAt { get; set; }
}

/// <summary>Merchants with terms and a limited offer each, their clerks, and members with coins; written past the API, once. The first merchant is the hot one: it has more clerks, so that no clerk reaches the rate limit.</summary>
internal sealed class BenchMarket
{
    /// <summary>How many merchants.</summary>
    public const int Merchants = 101;

    /// <summary>How many members.</summary>
    public const int MemberCount = 4_000;

    private const int HotClerks = 1_500;
    private const int ClerksEach = 15;
    private const int RowsAtOnce = 2_000;

    /// <summary>By number.</summary>
    public Guid[] MerchantIds { get; } = new Guid[Merchants];

    /// <summary>The offer of each merchant.</summary>
    public Guid[] Offers { get; } = new Guid[Merchants];

    /// <summary>The clerks of each merchant.</summary>
    public BenchPerson[][] Clerks { get; } = new BenchPerson[Merchants][];

    /// <summary>The members.</summary>
    public BenchPerson[] Members { get; } = new BenchPerson[MemberCount];

    /// <summary>Writes it all.</summary>
    public static async Task<BenchMarket> Make(IServiceProvider services, CancellationToken cancel)
    {
        var market = new BenchMarket();
        var (ids, now) = (services.GetRequiredService<IIds>(), services.GetRequiredService<Clock>().Now);
        var rows = new List<object>();
        for (var i = 0; i < MemberCount; i++)
            market.Members[i] = Person(rows, ids, now, Role.Member);
        for (var i = 0; i < Merchants; i++)
            market.AddMerchant(rows, ids, now, i);
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
            db.AddRange(some);
            await db.SaveChangesAsync(cancel);
        }

        var poster = services.GetRequiredService<LedgerPoster>();
        var until = new DateOnly(now.Year + 1, 12, 31);
        foreach (var some in market.Members.Chunk(LedgerLimits.MaxBatch))
            await Task.WhenAll(some.Select(m => poster.Post(
                new LedgerRequest(Seeding.CommunityId, ids.New(), Guid.Empty, "bench", new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(m.MemberId, until), 1_000_000)), cancel)));
        return market;
    }

    private static BenchPerson Person(List<object> rows, IIds ids, DateTimeOffset now, Role role)
    {
        var person = new BenchPerson(ids.New(), ids.New(), ids.New());
        rows.Add(new Person { Id = person.PersonId, CreatedAt = now });
        rows.Add(new Session { Id = person.SessionId, PersonId = person.PersonId, Number = 1, Nonce = ids.New(), CreatedAt = now, UsedAt = now });
        rows.Add(new RoleGrant { CommunityId = Seeding.CommunityId, PersonId = person.PersonId, Role = role, GrantedAt = now });
        rows.Add(new Member { CommunityId = Seeding.CommunityId, PersonId = person.PersonId, Id = person.MemberId, DisplayName = "居民", JoinedAt = now });
        return person;
    }

    private void AddMerchant(List<object> rows, IIds ids, DateTimeOffset now, int number)
    {
        var (community, merchant, offer) = (Seeding.CommunityId, ids.New(), ids.New());
        var name = string.Create(CultureInfo.InvariantCulture, $"商家{number}");
        (MerchantIds[number], Offers[number]) = (merchant, offer);
        Clerks[number] = [.. Enumerable.Range(0, number == 0 ? HotClerks : ClerksEach).Select(_ => Person(rows, ids, now, Role.Clerk))];
        rows.Add(new Merchant { CommunityId = community, Id = merchant, Name = name, SortKey = name, Address = "1号", Phone = "028", OpeningHours = "全天", State = MerchantState.Active, CreatedAt = now });
        rows.AddRange(Clerks[number].Select(c => new MerchantStaff { CommunityId = community, Id = ids.New(), MerchantId = merchant, PersonId = c.PersonId, Post = MerchantPost.Clerk, JoinedAt = now, LastUsedAt = now }));
        rows.Add(new MerchantAgreement
        {
            CommunityId = community,
            Id = ids.New(),
            MerchantId = merchant,
            Version = 1,
            FenPerCoin = 50,
            FundSharePercent = 100,
            StartsOn = new DateOnly(2026, 1, 1),
            Paper = "bench",
            SignedAt = now,
        });
        rows.Add(new Offer { CommunityId = community, Id = offer, MerchantId = merchant, State = OfferState.Active, Version = 1, CreatedAt = now });
        rows.Add(new OfferVersion
        {
            CommunityId = community,
            OfferId = offer,
            Version = 1,
            Title = "爱心午餐",
            Description = "",
            ExtraText = "",
            Coins = 18,
            StockPerDay = OfferVersion.MaxStock,
            PerPersonDay = OfferVersion.MaxStock,
            MaxQuantity = 2,
            Weekdays = OfferVersion.AllDays,
            ToMinute = OfferVersion.DayMinutes,
            ApprovedAt = now,
        });
    }
}
