using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;

namespace Phoenix.App.Identity.Privacy;

/// <summary>
/// After a key rotation: makes every encrypted column and keyed hash anew, in bounded batches. Killed half-way it goes on where it was, because it only
/// asks which rows aren't of the current key; meanwhile look-ups find both.
/// </summary>
internal sealed class RotateKeys(IEnumerable<IRotatesKeys> tables, ICommunities communities, ILogger<RotateKeys> log) : ISweep
{
    /// <summary>Rows of one transaction.</summary>
    public const int BatchSize = 200;

    /// <summary>Batches of a table in one run; the next run goes on.</summary>
    public const int MaxBatches = 500;

    public string Name => "identity.rotate-keys";

    public string Cron => "25 * * * *";

    public async Task Run(CancellationToken cancel)
    {
        foreach (var table in tables.Where(t => t.IsGlobal))
            await Rotate(table, cancel);
        await communities.Each(async (services, _) =>
        {
            foreach (var table in services.GetServices<IRotatesKeys>().Where(t => !t.IsGlobal))
                await Rotate(table, cancel);
        }, cancel);
    }

    private async Task Rotate(IRotatesKeys table, CancellationToken cancel)
    {
        var (all, batches, done) = (0, 0, BatchSize);
        while (done == BatchSize && batches++ < MaxBatches)
            all += done = await table.Rotate(BatchSize, cancel);
        if (all > 0)
            log.LogInformation("{Rows} rows of {Table} were made anew with the current key", all, table.Table);
    }
}
