using System.CommandLine;
using System.Globalization;
using Phoenix.App.Hosting;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix export COMMUNITY FILE</c>: a community's journal with a signed trailer, for <c>phoenix verify</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var community = new Argument<int>("COMMUNITY") { Description = "The community's number." };
        var file = new Argument<string>("FILE") { Description = "Where to write; must not exist yet." };
        var command = new Command("export", "Write a community's journal, without reasons, signed. The embedded host must be stopped.") { community, file, ServeCommand.Data };
        command.SetAction(async (parsed, cancel) =>
        {
            var number = parsed.GetValue(community);
            await using var parts = await ServeCommand.Prepare(ServeCommand.Settings(parsed), cancel);
            await using var app = PhoenixHost.Build(parts);
            using var key = app.Services.GetRequiredService<KeyRing>().JournalKey();
            var path = parsed.GetValue(file)!;
            await using var stream = Create(path);
            if (await app.Services.GetRequiredService<JournalExport>().Write(number, stream, new EcdsaJournalSigner(key), withTexts: false, cancel) is not { } head)
            {
                File.Delete(path);
                throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"Community {number} has no journal."));
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{head.Seq} postings in {path}, head {head.Seq}:{head.Hash}");
            return PhoenixCli.Done;
        });
        return command;
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"'{path}' can't be written: {e.Message}");
        }
    }
}
