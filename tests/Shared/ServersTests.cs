using System.Globalization;
using Npgsql;

namespace Phoenix.Testing;

/// <summary>The test servers do what the tests of faults lean on.</summary>
public sealed class ServersTests
{
    [Fact]
    public async Task A_crashed_PostgreSQL_comes_back_at_the_same_address_with_what_was_committed()
    {
        await using var server = await PostgresServer.Create();
        var address = await server.CreateDatabase("kept");
        await Scalar(address, "create table t(n int); insert into t values (7); select 0");

        await server.Stop(StopMode.Immediate);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Scalar(address, "select 1"));
        await server.Start();
        Assert.Equal(7, await Scalar(address, "select n from t"));

        await server.Restart();
        Assert.Equal(7, await Scalar(await server.CreateDatabase("copy", template: "kept"), "select n from t"));
    }

    [Fact]
    public async Task A_killed_Redis_refuses_and_comes_back_empty_at_the_same_address()
    {
        await using var server = await RedisServer.Create();
        Assert.Equal("+OK", await Ask(server.Address, "SET a 1"));
        await server.FlushAll();
        Assert.Equal("$-1", await Ask(server.Address, "GET a"));

        await Ask(server.Address, "SET a 1");
        await server.Kill();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => Ask(server.Address, "GET a"));
        await server.Start();
        Assert.Equal("$-1", await Ask(server.Address, "GET a"));
    }

    [Fact]
    public async Task The_shared_servers_answer()
    {
        var name = SharedServers.UniqueName("servers");
        var address = await SharedServers.CreateDatabase(name);
        Assert.Equal(1, await Scalar(address, "select 1"));
        await SharedServers.DropDatabase(name);
        Assert.Equal("+PONG", await Ask(await SharedServers.Redis(), "PING"));
    }

    [Fact]
    public async Task Two_servers_run_side_by_side()
    {
        await using var one = await RedisServer.Create();
        await using var other = await RedisServer.Create();
        Assert.False(string.Equals(one.Address, other.Address, StringComparison.Ordinal));
    }

    private static async Task<int> Scalar(string address, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string?> Ask(string address, string command)
    {
        var (host, port) = (address.Split(':')[0], int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host, port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }
}
