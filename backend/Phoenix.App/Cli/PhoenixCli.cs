using System.CommandLine;
using Phoenix.App.Cli.Demo;
using Phoenix.App.Hosting;

namespace Phoenix.App.Cli;

/// <summary>The one binary's command line. Exit codes: 0 done, 1 refused or failed, 2 wrongly called.</summary>
public static class PhoenixCli
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused or failed; one line on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>An option or argument is wrong; one line on standard error says which.</summary>
    public const int WronglyCalled = 2;

    /// <summary>Parses and runs. Without a sub-command it serves.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync($"phoenix: {parsed.Errors[0].Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal)} Try: phoenix --help");
            return WronglyCalled;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (StartRefusedException e)
        {
            await errors.WriteLineAsync("phoenix: " + e.Message);
            return Failed;
        }
    }

    private static RootCommand Root()
    {
        var serve = ServeCommand.Create();
        var root = new RootCommand("Phoenix 凤凰币: a neighbourhood's volunteer hours, coins, redemptions and settlement. Without a command it serves.")
        {
            serve,
            DemoCommand.Create(),
            MigrateCommand.Create(),
            KeysCommand.Create(),
            SetupCodeCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            BenchCommand.Create(),
            SimulateCommand.Create(),
            OpenApiCommand.Create(),
        };
        foreach (var option in serve.Options)
            root.Options.Add(option);
        root.Action = serve.Action;
        return root;
    }
}
