using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Data;
using Phoenix.App.Redemption;
using Phoenix.Ledger.Apply;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Closing;

/// <summary>Lines of one kind and one version of terms on a statement, added up.</summary>
/// <param name="StatementId">The statement.</param>
/// <param name="Kind">What they are.</param>
/// <param name="AgreementId">The terms; null for what has none.</param>
/// <param name="IsCarried">Whether an earlier statement had them first.</param>
/// <param name="Lines">How many.</param>
/// <param name="Coins">Their coins.</param>
/// <param name="Fen">Their fen.</param>
internal sealed record LineSum(Guid StatementId, LineKind Kind, Guid? AgreementId, bool IsCarried, int Lines, long Coins, long Fen);

/// <summary>Copies a month's exchanges into statements' lines and adds them up, inside the database: nothing of a million lines passes through memory.</summary>
internal sealed class LineCopy(PhoenixDb db, CommunityTime time)
{
    private const string Columns = "community_id, statement_id, kind, seq, redemption_id, day, number, title, quantity, coins, agreement_id, fen_per_coin, fund_share_percent, fen, at";

    private const string Captures = $$"""
        insert into statement_lines ({{Columns}})
        select k.community_id, k.statement_id, 1, c.seq, c.redemption_id, c.day, c.number, c.title, c.quantity, c.coins, c.agreement_id, c.fen_per_coin, c.fund_share_percent,
          (c.coins * c.fen_per_coin * c.fund_share_percent + 50) / 100, c.at
        from {k} join ({{ExchangeLineSql.Captured}}) c on c.community_id = k.community_id and c.merchant_id = k.merchant_id and c.day between k.first_day and k.last_day
        """;

    // An exchange with its refunds is rounded as one: each refund takes the difference, so that what is given back in full leaves nothing. All keys are of one
    // community and month: its refunds are found once, by their instant, rather than among all exchanges of each merchant.
    private const string Refunds = $$"""
        insert into statement_lines ({{Columns}})
        with c as materialized (
          select c.* from ({{ExchangeLineSql.Refunded}}) c
          where c.community_id = (select max(community_id) from {k}) and c.at >= (select min(starts_at) from {k}) and c.at < (select max(ends_at) from {k}))
        select k.community_id, k.statement_id, 2, c.seq, c.redemption_id, c.day, c.number, c.title, c.quantity, -c.coins, c.agreement_id, c.fen_per_coin, c.fund_share_percent,
          ((c.kept - c.coins) * c.fen_per_coin * c.fund_share_percent + 50) / 100 - (c.kept * c.fen_per_coin * c.fund_share_percent + 50) / 100, c.at
        from {k} join c on c.community_id = k.community_id and c.merchant_id = k.merchant_id
        """;

    private const string AddUp = """
        select l.statement_id, l.kind, l.agreement_id, l.from_statement_id is not null, cast(count(*) as bigint), cast(sum(l.coins) as bigint), cast(sum(l.fen) as bigint)
        from {k} join statement_lines l on l.community_id = k.community_id and l.statement_id = k.statement_id
        group by l.statement_id, l.kind, l.agreement_id, l.from_statement_id is not null
        """;

    /// <summary>Copies the month's captures and refunds of merchants into their statements.</summary>
    public async Task Copy(Month month, IReadOnlyDictionary<Guid, Guid> statements, CancellationToken cancel)
    {
        var keys = new KeyedRows(
            db.Kind, ("community_id", ColumnType.Integer), ("statement_id", ColumnType.Uuid), ("merchant_id", ColumnType.Uuid),
            ("first_day", ColumnType.Date), ("last_day", ColumnType.Date), ("starts_at", ColumnType.Instant), ("ends_at", ColumnType.Instant));
        foreach (var (merchant, statement) in statements)
            keys.Add(db.Scope.CommunityId, statement, merchant, month.FirstDay, month.LastDay, time.StartOf(month), time.EndOf(month));
        foreach (var statement in keys.Statements(Captures).Concat(keys.Statements(Refunds)))
        {
            await using var command = Command(statement);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The lines of statements, added up.</summary>
    public async Task<List<LineSum>> Sums(IEnumerable<Guid> statements, CancellationToken cancel)
    {
        var keys = new KeyedRows(db.Kind, ("community_id", ColumnType.Integer), ("statement_id", ColumnType.Uuid));
        foreach (var statement in statements)
            keys.Add(db.Scope.CommunityId, statement);
        var sums = new List<LineSum>();
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            foreach (var statement in keys.Statements(AddUp))
                await Read(statement, sums, cancel);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        return sums;
    }

    private async Task Read(SqlStatement statement, List<LineSum> sums, CancellationToken cancel)
    {
        await using var command = Command(statement);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            sums.Add(new LineSum(
                reader.GetGuid(0), (LineKind)reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetBoolean(3), (int)reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
    }

    private DbCommand Command(SqlStatement statement) =>
        KeyedRows.Command(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), statement.Text, statement.Parameters);
}
