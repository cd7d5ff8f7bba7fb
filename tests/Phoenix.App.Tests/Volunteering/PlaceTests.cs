using System.Net;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Places;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

public sealed class PlaceTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_tree_has_three_levels_and_names_that_siblings_share_with_nobody(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        Task<Answer> Add(string kind, Guid? parent, string name) => staff.Post("places", new { kind, parentId = parent, name });
        async Task<ListPlaces.Item> Added(string kind, Guid? parent, string name) => (await Add(kind, parent, name)).Ok<ListPlaces.Item>();

        var grid = await Added("grid", null, " 第一网格 ");
        Assert.Equal("第一网格", grid.Name);
        var other = await Added("grid", null, "第二网格");
        var estate = await Added("estate", grid.Id, "凤凰里小区");
        var building = await Added("building", estate.Id, "3栋");
        foreach (var (kind, parent) in ((string, Guid?)[])[("grid", grid.Id), ("estate", null), ("estate", estate.Id), ("building", grid.Id), ("building", null), ("building", building.Id), ("estate", app.NewRequestId())])
            (await Add(kind, parent, "错")).Refused(HttpStatusCode.Conflict, "place.parent_wrong");
        (await Add("grid", null, "第一网格")).Refused(HttpStatusCode.Conflict, "place.name_taken");
        (await Add("estate", grid.Id, "凤凰里小区")).Refused(HttpStatusCode.Conflict, "place.name_taken");
        var twin = await Added("estate", other.Id, "凤凰里小区");
        (await Add("grid", null, " ")).Refused(HttpStatusCode.BadRequest, "request.invalid");

        Task<Answer> Change(ListPlaces.Item item, Guid? parent, bool archive = false, int? version = null) =>
            staff.Put($"places/{item.Id}", new { parentId = parent, name = item.Name, isArchived = archive, version = version ?? item.Version });
        (await Change(estate, building.Id)).Refused(HttpStatusCode.Conflict, "place.parent_wrong");
        (await Change(estate, other.Id)).Refused(HttpStatusCode.Conflict, "place.name_taken");
        (await Change(grid, null, archive: true)).Refused(HttpStatusCode.Conflict, "place.in_use");
        var moved = (await Change(building, twin.Id)).Ok<ListPlaces.Item>();
        Assert.Equal((twin.Id, 2), (moved.ParentId!.Value, moved.Version));
        (await Change(building, estate.Id)).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        (await Change(estate, grid.Id, archive: true)).Ok<ListPlaces.Item>();
        (await Change(moved, estate.Id)).Refused(HttpStatusCode.Conflict, "place.parent_wrong");
        Assert.Empty((await app.Anyone.Get($"places?parent={grid.Id}")).Ok<Page<ListPlaces.Item>>().Items);
        Assert.Equal(["凤凰里小区"], (await app.Anyone.Get($"places?parent={grid.Id}&archived=true")).Ok<Page<ListPlaces.Item>>().Items.Select(p => p.Name));

        var elsewhere = await app.Person(TestDatabases.OtherCommunity, Role.Staff);
        (await elsewhere.Put($"places/{grid.Id}", new { parentId = (Guid?)null, name = "抢", isArchived = false, version = 1 })).Refused(HttpStatusCode.NotFound, "place.unknown");
        (await elsewhere.Post("places", new { kind = "estate", parentId = grid.Id, name = "越界" })).Refused(HttpStatusCode.Conflict, "place.parent_wrong");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_add_one_name_at_once_make_one_place(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => staff.Post("places", new { kind = "grid", parentId = (Guid?)null, name = "第一网格" })));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "place.name_taken"));
    }
}
