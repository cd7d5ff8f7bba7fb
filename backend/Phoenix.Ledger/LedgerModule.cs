using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Reads;

namespace Phoenix.Ledger;

/// <summary>The ledger's services.</summary>
public static class LedgerModule
{
    /// <summary>
    /// Adds the poster, reads and export, one of each per process. Needs a <c>Database</c>, a <c>Clock</c> and an <c>IRandomness</c>. An
    /// <see cref="IBalanceCache"/> or <see cref="ISpendLock"/> registered before takes the place of none. Participants register themselves as
    /// <c>ILedgerParticipant</c>. The host calls <see cref="LedgerPoster.Stop"/> after it has stopped taking requests.
    /// </summary>
    public static IServiceCollection AddPhoenixLedger(this IServiceCollection services, LedgerOptions options)
    {
        services.TryAddSingleton<IBalanceCache, NoBalanceCache>();
        services.TryAddSingleton<ISpendLock, NoSpendLock>();
        services.AddSingleton(options);
        services.AddSingleton<LedgerPoster>();
        services.AddSingleton<LedgerReads>();
        services.AddSingleton<AccountSpans>();
        services.AddSingleton<CoinFlows>();
        services.AddSingleton<CounterReads>();
        services.AddSingleton<BookCheck>();
        services.AddSingleton<JournalReader>();
        services.AddSingleton<JournalExport>();
        return services;
    }
}
