using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Equipment;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>A newcomer's first look has something to show; and what is kept about somebody is given out and ended.</summary>
public sealed class SeedingTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_first_look_shows_an_activity_that_the_fund_covers_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        for (var i = 0; i < 2; i++)
            await app.Read(Seeding.CommunityId, async db =>
            {
                var (clock, ids) = (app.Services.GetRequiredService<Clock>(), app.Services.GetRequiredService<IIds>());
                await FundSeeding.Run(db, app.Services.GetRequiredService<Database>(), clock, ids, default);
                await VolunteeringSeeding.Run(db, clock, ids, default);
                return 0;
            });

        var care = Assert.Single((await app.Anyone.Get("activities")).Ok<Page<PublicActivities.Item>>().Items);
        Assert.Equal(("楼栋关怀日", 2, 24, World.Saturday), (care.Title, care.Shifts, care.FreePlaces, care.NextStart));
        Assert.Equal([25L, 25L], (await app.Anyone.Get($"activities/{care.Id}")).Ok<PublicActivities.Detail>().Shifts.Select(s => s.Coins));
        Assert.Equal(4, (await app.Anyone.Get("teams")).Ok<Page<TeamDesk.Item>>().Items.Count);
        Assert.Equal(2, (await app.Anyone.Get("stations")).Ok<Page<StationDesk.Item>>().Items.Count);
        Assert.Equal(["轮椅", "急救箱"], (await (await app.Person(Role.Member)).Get("equipment")).Ok<Page<PublicEquipment.Item>>().Items.Select(i => i.Name));
        Assert.Single((await app.Anyone.Get("places")).Ok<Page<ListPlaces.Item>>().Items);
        var fund = (await (await app.Staff()).Get("fund")).Ok<GetFund.Response>().Position!;
        Assert.Equal((500_000, 600, FundCover.Ample), (fund.CashFen, fund.PromisedCoins, fund.Cover));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_goes_takes_the_sign_ups_along_and_the_place_passes_on(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 1))).Shifts[0].Id;
        var ((caller, _), (next, _)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔叔"));
        var (mine, other) = (await World.SignedUp(caller, shift), await World.SignedUp(next, shift));

        var sections = await Part<IPersonalData, IReadOnlyList<PersonalSection>>(world, p => p.Export(caller.PersonId, default));
        Assert.Equal(["楼栋关怀日", "2026-11-28", "09:00", "11:30", "已报名", ""], Assert.Single(sections.Single(s => s.Title == "我的报名").Rows));
        for (var i = 0; i < 2; i++)
            await Part<IPersonalData, int>(world, async p =>
            {
                await p.Erase(caller.PersonId, Departure.Account, default);
                return 0;
            });
        Assert.Equal((SignupState.Cancelled, SignupState.Offered), (await world.StateOf(mine.Id), await world.StateOf(other.Id)));
        Assert.Single(await Part<IClosingCheck, IReadOnlyList<string>>(world, p => p.Open(world.Leader.PersonId, Departure.Account, default)));
        Assert.Empty(await Part<IClosingCheck, IReadOnlyList<string>>(world, p => p.Open(caller.PersonId, Departure.Account, default)));
    }

    private static async Task<TResult> Part<TPart, TResult>(World world, Func<TPart, Task<TResult>> use)
        where TPart : notnull
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await use(scope.ServiceProvider.GetServices<TPart>().Single(p => p.GetType().Name == "VolunteeringData"));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }
}
