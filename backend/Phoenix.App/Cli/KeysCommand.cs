using System.CommandLine;
using Phoenix.App.Hosting;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix keys</c>: makes and rotates the key file. Back it up apart from the database: without it encrypted columns are lost.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var clock = new Clock(TimeProvider.System);
        return new Command("keys", "Make or rotate the key file (PHOENIX_KEYS_FILE).")
        {
            Make("create", "Make a new key file, readable by its owner only.", (file, random) => KeyFile.Create(file, clock.Now, random)),
            Make("rotate", $"Add keys that become current {KeyFile.RotationLead.TotalMinutes:0} minutes from now, when every node has read them; older keys stay for reading.",
                (file, random) => KeyFile.Rotate(file, clock.Now, random)),
        };
    }

    private static Command Make(string name, string description, Func<string, IRandomness, KeyFile> act)
    {
        var path = new Argument<string>("FILE") { Description = "The key file." };
        var command = new Command(name, description) { path };
        command.SetAction(parsed =>
        {
            try
            {
                var file = act(parsed.GetValue(path)!, new SystemRandomness());
                parsed.InvocationConfiguration.Output.WriteLine($"{file.Keys.Count} keys in {parsed.GetValue(path)}; back it up apart from the database.");
                return PhoenixCli.Done;
            }
            catch (KeyFileException e)
            {
                throw new StartRefusedException(e.Message);
            }
        });
        return command;
    }
}
