using System.Diagnostics;
using System.Net.Sockets;

namespace Phoenix.Testing;

/// <summary>A private Redis server on a loopback port of its own, keeping nothing on disk, for tests that kill, restart or flush it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("phoenix-redis-").FullName;
    private int _port;
    private Process? _process;

    private RedisServer() => AppDomain.CurrentDomain.ProcessExit += OnProcessExit;

    /// <summary>"host:port", as StackExchange.Redis takes it. Stays the same over restarts.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <summary>Makes and starts a server.</summary>
    public static async Task<RedisServer> Create()
    {
        var server = new RedisServer();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                server._port = Tool.FreePort();
                try
                {
                    await server.Start();
                    return server;
                }
                catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("Address already in use", StringComparison.Ordinal))
                {
                    // Another process took the port first: the next one.
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the stopped server again, empty, on the port it had; returns when the server says that it takes connections.</summary>
    public async Task Start()
    {
        if (_process is not null)
            throw new InvalidOperationException("The Redis server runs already.");
        var process = Tool.Launch(_folder, ["redis-server", "--port", $"{_port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--appendonly", "no", "--pidfile", Path.Combine(_folder, "redis.pid")]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data, said, ready);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Bound);
            _process = process;
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Kills the server as a crash would (SIGKILL) and waits until it is gone.</summary>
    public async Task Kill()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Stops the process without ending it (SIGSTOP): connections stay open and nothing is answered.</summary>
    public Task Hang() => Signal("-STOP");

    /// <summary>Lets a hanging server go on.</summary>
    public Task Wake() => Signal("-CONT");

    /// <summary>Kills and starts; everything in it is lost.</summary>
    public async Task Restart()
    {
        await Kill();
        await Start();
    }

    /// <summary>Removes every key.</summary>
    public async Task FlushAll()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadLineAsync();
        if (answer is not "+OK")
            throw new InvalidOperationException($"FLUSHALL was answered with '{answer}'.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await Kill();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private Task<string> Signal(string signal) => Tool.Run(_folder, Bound, ["kill", signal, $"{_process!.Id}"]);

    private static void Hear(string? line, List<string> said, TaskCompletionSource ready)
    {
        if (line is null)
            ready.TrySetException(new InvalidOperationException($"Redis did not start: {string.Join(' ', said)} {Tool.Advice}"));
        else if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            ready.TrySetResult();
        else if (!ready.Task.IsCompleted)
            said.Add(line);
    }

    private void OnProcessExit(object? sender, EventArgs e) => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
