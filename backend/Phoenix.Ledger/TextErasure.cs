using System.Data.Common;
using Phoenix.Ledger.Stores;

namespace Phoenix.Ledger;

/// <summary>
/// Erases the reasons that people gave, for somebody who closes the account: the texts and their salts go, the chain stays whole, because only a salted
/// commitment is in it.
/// </summary>
public static class TextErasure
{
    // Back along the list of each account's own postings, so that no index over all legs is needed.
    private const string Sql = """
        with recursive walk(account, s) as (
          select a.id, a.seq from ledger_accounts a where a.community = $1 and a.owner = $2
          union
          select w.account, (select case when l.from_account = w.account then l.from_prev else l.to_prev end from ledger_legs l
                             where l.community = $1 and l.seq = w.s and (l.from_account = w.account or l.to_account = w.account) order by l.n limit 1)
          from walk w where w.s > 0)
        update ledger_texts set salt = null, text = null where community = $1 and text is not null and seq in (select s from walk where s > 0)
        """;

    /// <summary>Erases the texts of every posting that touched an account of the owner.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">The caller's.</param>
    /// <param name="community">The community.</param>
    /// <param name="owner">Whose accounts: a member.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>How many there were.</returns>
    public static async Task<int> Run(DbConnection connection, DbTransaction? transaction, int community, Guid owner, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Sql;
        Parameters.Add(command, community, owner);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
