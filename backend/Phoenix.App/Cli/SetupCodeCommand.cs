using System.CommandLine;
using System.Globalization;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Setup;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix setup-code COMMUNITY</c>: a one-time code that makes the member who types it an administrator.</summary>
internal static class SetupCodeCommand
{
    public static Command Create()
    {
        var community = new Argument<int>("COMMUNITY") { Description = "The community's number." };
        var command = new Command("setup-code", "Make a one-time setup code: whoever types it within a day is the community's administrator. Earlier codes stop working. The embedded host must be stopped.") { community, ServeCommand.Data };
        command.SetAction(async (parsed, cancel) =>
        {
            var number = parsed.GetValue(community);
            await using var parts = await ServeCommand.Prepare(ServeCommand.Settings(parsed), cancel);
            await using var app = PhoenixHost.Build(parts);
            var code = await app.Services.GetRequiredService<SetupCodes>().Make(number, cancel)
                ?? throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"There is no community {number}."));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Line(number, code));
            return PhoenixCli.Done;
        });
        return command;
    }

    /// <summary>What is printed, here and at a first start.</summary>
    public static string Line(int community, string code) =>
        string.Create(CultureInfo.InvariantCulture, $"Setup code of community {community}, for 24 hours, once: {code[..4]}-{code[4..8]}-{code[8..]}");
}
