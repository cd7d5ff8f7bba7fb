using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Tests.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>What the tests about people's own data begin with.</summary>
internal static class PeopleWorld
{
    /// <summary>Publishes the privacy notice of 凤凰里社区 and gives its id.</summary>
    public static async Task<Guid> Notice(this PhoenixApp app) => (await DocumentTests.Publish(await app.Staff(), DocumentKind.PrivacyNotice, 1, "我们只收必要的信息。")).Ok<DocumentHead>().Id;

    /// <summary>Adds a child.</summary>
    public static Task<Answer> AddChild(this TestCaller guardian, Guid notice, string birth, string name = "小明", Guid? requestId = null) =>
        guardian.Post("children", new AddChild.Request(name, DateOnly.ParseExact(birth, "yyyy-MM-dd", CultureInfo.InvariantCulture), Relation.Mother, notice), requestId);

    /// <summary>The caller's children.</summary>
    public static async Task<IReadOnlyList<ChildView>> Children(this TestCaller guardian) => (await guardian.Get("children")).Ok<AddChild.ListResponse>().Children;

    /// <summary>Asks the contract, in 凤凰里社区.</summary>
    public static async Task<T> People<T>(this PhoenixApp app, Func<IPeople, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await ask(scope.ServiceProvider.GetRequiredService<IPeople>());
    }

    /// <summary>The person behind a member.</summary>
    public static async Task<Guid> PersonOf(this PhoenixApp app, Guid member) => (await app.People(p => p.OfMembers([member], CancellationToken.None)))[member].PersonId;

    /// <summary>What a person was told, in 凤凰里社区.</summary>
    public static Task<List<string>> Told(this PhoenixApp app, Guid person) =>
        app.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Notifications.Inbox.InboxMessage>().Where(m => m.PersonId == person).OrderBy(m => m.Id).Select(m => m.Body).ToListAsync());

    /// <summary>A resident's ID number with a right checksum.</summary>
    public static string IdNumber(string birth, int sequence = 12)
    {
        var body = $"510122{birth}{sequence:D3}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return body + "10X98765432"[weights.Select((w, i) => w * (body[i] - '0')).Sum() % 11];
    }

    /// <summary>Every text and blob of every table as one string: what somebody reads who copies the database.</summary>
    public static async Task<string> Dump(this PhoenixApp app)
    {
        var all = new System.Text.StringBuilder();
        await using var connection = await app.Services.GetRequiredService<Database>().Open(CancellationToken.None);
        var tables = await Rows(connection, app.Services.GetRequiredService<Database>().Kind == DatabaseKind.Sqlite
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            : "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace");
        foreach (var table in tables)
            foreach (var row in await Rows(connection, $"select * from \"{table}\""))
                all.Append(table).Append(": ").AppendLine(row);
        return all.ToString();
    }

    private static async Task<List<string>> Rows(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }
}
