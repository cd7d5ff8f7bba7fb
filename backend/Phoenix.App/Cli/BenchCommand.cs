using System.CommandLine;
using Phoenix.Ledger.Bench;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix bench</c>: ours and its yardsticks side by side, in one run, as ratios.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short passes; ends within 3 minutes." };
        var json = new Option<string?>("--json") { Description = "Also write the figures here.", HelpName = "FILE" };
        var ledger = new Command("ledger", "The ledger beside pgbench, a stored function and a set-based ceiling, on a PostgreSQL that it starts itself.") { quick, json };
        ledger.SetAction(async (parsed, _) =>
        {
            await LedgerBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return PhoenixCli.Done;
        });
        return new Command("bench", "Measure this build on this machine.") { ledger };
    }
}
