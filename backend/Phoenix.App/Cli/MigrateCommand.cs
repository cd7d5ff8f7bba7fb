using System.CommandLine;
using Phoenix.App.Hosting;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix migrate</c>: brings the database up to date with the owner's role and gives the serving role its rights.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the production database up to date (PHOENIX_POSTGRES_OWNER) and give the serving role (PHOENIX_POSTGRES) its rights. The embedded host migrates itself.");
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = HostSettings.FromEnvironment(Environment.GetEnvironmentVariable);
            settings.EnsureMigratable();
            var applied = await ProductionHost.Migrate(settings, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(applied.Count == 0
                ? "The database is up to date."
                : $"Applied {applied.Count}: {string.Join(", ", applied)}");
            return PhoenixCli.Done;
        });
        return command;
    }
}
