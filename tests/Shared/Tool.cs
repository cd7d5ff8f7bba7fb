using System.Diagnostics;

namespace Phoenix.Testing;

/// <summary>Runs the short-lived programs that the test servers need, and finds ports for them.</summary>
internal static class Tool
{
    private const int FirstPort = 20000;
    private const int PortCount = 12000;

    /// <summary>What to do when a server can't be had; part of every such failure.</summary>
    public const string Advice = "Run the tests with: bash deploy/test.sh (it installs what is missing and starts the servers).";

    private static int _portsTried;

    /// <summary>Runs a program to its end and returns its output, error stream included.</summary>
    /// <exception cref="InvalidOperationException">It can't be started, fails, or outlives the bound.</exception>
    public static async Task<string> Run(string workingFolder, TimeSpan bound, IReadOnlyList<string> command)
    {
        using var process = Launch(workingFolder, command);
        using var timeout = new CancellationTokenSource(bound);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            var text = await output + await error;
            return process.ExitCode == 0
                ? text
                : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}: {text}");
        }
        catch (OperationCanceledException e)
        {
            process.Kill();
            throw new InvalidOperationException($"'{string.Join(' ', command)}' took longer than {bound.TotalSeconds} s and was ended.", e);
        }
    }

    /// <summary>Starts a program with its output redirected to us.</summary>
    public static Process Launch(string workingFolder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'{command[0]}' can't be started: {e.Message}. {Advice}", e);
        }
    }

    /// <summary>
    /// A loopback port that nothing listens on right now. Below the range that outgoing connections use, so that a stopped server finds its port
    /// free again. Another process may still take it first: the caller starts its server and, on a collision, asks for the next.
    /// </summary>
    public static int FreePort()
    {
        for (var i = 0; i < PortCount; i++)
        {
            var offset = Environment.ProcessId * 31 + Interlocked.Increment(ref _portsTried) * 7;
            var port = FirstPort + (offset & int.MaxValue) % PortCount;
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException("No free loopback port.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
