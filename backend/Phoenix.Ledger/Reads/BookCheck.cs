using System.Data.Common;
using System.Globalization;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Reads;

/// <summary>What the database keeps beside the journal differs from the journal.</summary>
/// <param name="What">balance, held, captured, refunded or resolved.</param>
/// <param name="Id">The account or the hold; for held the asset's number.</param>
/// <param name="Kept">What stands there.</param>
/// <param name="Derived">What the journal says.</param>
public sealed record BookDifference(string What, long Id, long Kept, long Derived);

/// <summary>
/// Works balances and holds out of the journal anew and compares them with what the tables keep (hard rule 2). Each comparison is one statement, so
/// one moment, and locks nobody out. The journal's own truth is proved elsewhere: by export and verifier.
/// </summary>
public sealed class BookCheck(Database database)
{
    /// <summary>Most differences named of each kind: one is enough to stop.</summary>
    public const int MaxNamed = 20;

    private static readonly (string What, string Sql)[] s_checks =
    [
        ("balance", """
            select a.id, a.balance, coalesce(m.total, 0) from ledger_accounts a
            left join (select account, sum(change) total from (
                select l.from_account account, -l.amount change from ledger_legs l where l.community = $1
                union all select l.to_account, l.amount from ledger_legs l where l.community = $1) c group by account) m on m.account = a.id
            where a.community = $1 and a.balance <> coalesce(m.total, 0) order by a.id
            """),
        ("held", $"""
            select a.asset, a.balance, coalesce(h.total, 0) from ledger_accounts a
            left join (select asset, sum(amount) total from ledger_holds where community = $1 and not resolved group by asset) h on h.asset = a.asset
            where a.community = $1 and a.kind = {AccountKind.Held:D} and a.balance <> coalesce(h.total, 0) order by a.asset
            """),
        ("captured", $"""
            select h.hold, h.captured, coalesce(sum(l.amount), 0) from ledger_holds h
            left join ledger_hold_resolutions r on r.community = h.community and r.hold = h.hold and r.kind = {PostingKind.Capture:D}
            left join ledger_legs l on l.community = r.community and l.seq = r.seq and l.to_account = h.to_account
            where h.community = $1 group by h.hold, h.captured having h.captured <> coalesce(sum(l.amount), 0) order by h.hold
            """),
        ("refunded", $"""
            select h.hold, h.refunded, coalesce(p.total, 0) from ledger_holds h
            left join (select p.subject, sum(l.amount) total from ledger_postings p join ledger_legs l on l.community = p.community and l.seq = p.seq
              where p.community = $1 and p.kind = {PostingKind.Refund:D} group by p.subject) p on p.subject = h.hold
            where h.community = $1 and h.refunded <> coalesce(p.total, 0) order by h.hold
            """),
        ("resolved", """
            select h.hold, case when h.resolved then 1 else 0 end, case when r.hold is null then 0 else 1 end from ledger_holds h
            left join ledger_hold_resolutions r on r.community = h.community and r.hold = h.hold
            where h.community = $1 and h.resolved <> (r.hold is not null) order by h.hold
            """),
    ];

    /// <summary>The differences, at most <see cref="MaxNamed"/> of each kind; none when the books agree.</summary>
    public async Task<IReadOnlyList<BookDifference>> Run(int community, CancellationToken cancel)
    {
        var found = new List<BookDifference>();
        await using var connection = await database.Open(cancel);
        foreach (var (what, sql) in s_checks)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"{sql} limit {MaxNamed}";
            Parameters.Add(command, community);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                found.Add(new BookDifference(what, Number(reader, 0), Number(reader, 1), Number(reader, 2)));
        }

        return found;
    }

    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
}
