using System.CommandLine;
using Phoenix.App.Bookkeeping;
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
        ledger.SetAction(async (parsed, cancel) =>
        {
            await using var redis = await BenchRedis.TryStart(cancel);
            await LedgerBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output, redis?.SpendLock);
            return PhoenixCli.Done;
        });
        var login = new Command("login", "Signing in and refreshing over HTTP, on both databases, beside an endpoint that only signs a token.") { quick, json };
        login.SetAction(async (parsed, cancel) =>
        {
            await LoginBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancel);
            return PhoenixCli.Done;
        });
        var redemption = new Command("redemption", "Holding and handing over over HTTP beside pgbench, on a PostgreSQL and a Redis that it starts itself.") { quick, json };
        redemption.SetAction(async (parsed, cancel) => await RedemptionBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancel) ? PhoenixCli.Done : PhoenixCli.Failed);
        var checkIn = new Command("checkin", "10,000 volunteers checking in over HTTP beside pgbench, on a PostgreSQL and a Redis that it starts itself.") { quick, json };
        checkIn.SetAction(async (parsed, cancel) =>
        {
            await CheckInBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancel);
            return PhoenixCli.Done;
        });
        var verify = new Command("verify", "Verifying a shift of 1,000 people by one request, on both databases.") { json };
        verify.SetAction(async (parsed, cancel) =>
        {
            await VerifyBench.Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancel);
            return PhoenixCli.Done;
        });
        var settlement = new Command("settlement", "Closing a month of 1,000,000 exchanges at 500 merchants beside bare set-based SQL, on a PostgreSQL that it starts itself.") { quick, json };
        settlement.SetAction(async (parsed, cancel) => await SettlementBench.Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancel) ? PhoenixCli.Done : PhoenixCli.Failed);
        return new Command("bench", "Measure this build on this machine.") { ledger, login, checkIn, verify, redemption, settlement };
    }
}
