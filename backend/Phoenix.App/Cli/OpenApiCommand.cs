using System.CommandLine;
using Phoenix.App.Hosting;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix openapi</c>: the OpenAPI document of this build, as committed in backend/openapi.json.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Print this build's OpenAPI document (committed as backend/openapi.json). Needs no database.");
        command.SetAction(async (parsed, cancel) =>
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(await PhoenixHost.OpenApiDocument(cancel));
            return PhoenixCli.Done;
        });
        return command;
    }
}
