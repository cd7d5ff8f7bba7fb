using System.CommandLine;
using Phoenix.App.Hosting;
using Phoenix.Ledger.Verify;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix verify FILE</c>: proves an exported journal from the file alone. Exit code 0: everything holds; 1: it doesn't.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The export (phoenix export)." };
        var since = new Option<string?>("--since") { Description = "A head published earlier, SEQ:HASH: the journal must still contain it.", HelpName = "HEAD" };
        var key = new Option<string?>("--key") { Description = "The public key that the export must be signed with, base64; without it the file's own is taken.", HelpName = "KEY" };
        var command = new Command("verify", "Prove an exported journal: chain, signature, balances, holds, lots. Needs no database.") { file, since, key };
        command.SetAction(async (parsed, cancel) =>
        {
            var heads = parsed.GetValue(since) is { } text
                ? [JournalHead.Parse(text) ?? throw new StartRefusedException($"--since is '{text}'; a head is SEQ:HASH, as an earlier verify printed it.")]
                : Array.Empty<JournalHead>();
            await using var stream = Open(parsed.GetValue(file)!);
            var report = await JournalVerifier.Verify(stream, new VerifyOptions { Since = heads, PublicKey = parsed.GetValue(key) }, cancel);
            await Print(report, parsed.InvocationConfiguration.Output);
            return report.IsProved ? PhoenixCli.Done : PhoenixCli.Failed;
        });
        return command;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"'{path}' can't be read: {e.Message}");
        }
    }

    private static async Task Print(VerifyReport report, TextWriter output)
    {
        var summary = report.Summary;
        if (report.Fault is { } fault)
        {
            await output.WriteLineAsync($"NOT PROVED: line {fault.Line}{(fault.Seq is { } seq ? $", posting {seq}" : "")}: {fault.English} [{fault.Code}]");
            await output.WriteLineAsync(fault.Chinese);
            await output.WriteLineAsync($"Proved before it: {summary.Postings} postings, up to {summary.Head}");
            return;
        }

        await output.WriteLineAsync($"PROVED: community {summary.Community}, {summary.Postings} postings, {summary.From:u} to {summary.To:u}, exported {summary.ExportedAt:u}");
        await output.WriteLineAsync($"head {summary.Head}");
        await output.WriteLineAsync($"key  {summary.KeyId}{(summary.KeyWasExpected ? "" : " (the file's own: compare it with the published one)")}");
        foreach (var total in summary.Totals)
            await output.WriteLineAsync($"{total.Asset,-5} {total.Kind,-10} {total.Accounts,8} accounts {total.Balance,16}");
        await output.WriteLineAsync($"{summary.OpenHolds} open holds");
    }
}
