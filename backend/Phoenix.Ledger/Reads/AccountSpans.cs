using System.Data.Common;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Reads;

/// <summary>What one posting did to an account.</summary>
/// <param name="Seq">The posting.</param>
/// <param name="Kind">What it did.</param>
/// <param name="At">When.</param>
/// <param name="Change">Units that came (above zero) or went, all of its legs together.</param>
/// <param name="After">Balance after it.</param>
/// <param name="Subject">The posting that it reverses, or 0.</param>
/// <param name="Ref">What it belongs to.</param>
/// <param name="Text">The reason, null when there is none or it was erased.</param>
public sealed record AccountLine(long Seq, PostingKind Kind, DateTimeOffset At, long Change, long After, long Subject, string Ref, string? Text);

/// <summary>
/// An account's movements in a span of time: it follows the account's own chain from the newest posting back, so that the movements of other accounts cost
/// nothing, and stops where the span begins.
/// </summary>
public sealed class AccountSpans(Database database)
{
    /// <summary>The most postings of one answer.</summary>
    public const int MaxPostings = 10_000;

    // Each step asks two primary keys by a scalar: no plan, however stale, can make a step a scan.
    private const string Walk = """
        with recursive walk(s) as (
          select ({0})
          union all
          select (select case when l.from_account = $2 then l.from_prev else l.to_prev end from ledger_legs l
                  where l.community = $1 and l.seq = w.s and (l.from_account = $2 or l.to_account = $2) order by l.n limit 1)
          from walk w where w.s > 0 and (select p.at_ms from ledger_postings p where p.community = $1 and p.seq = w.s) >= $3)
        select p.seq, p.kind, p.at_ms, case when l.from_account = $2 then -l.amount else l.amount end, case when l.from_account = $2 then l.from_after else l.to_after end,
          p.subject, p.ref, t.text
        from (select w.s from walk w where w.s > 0 and (select p.at_ms from ledger_postings p where p.community = $1 and p.seq = w.s) between $3 and $4 - 1 limit $5) w
        join ledger_postings p on p.community = $1 and p.seq = w.s
        join ledger_legs l on l.community = $1 and l.seq = w.s and (l.from_account = $2 or l.to_account = $2)
        left join ledger_texts t on t.community = $1 and t.seq = w.s
        order by p.seq desc, l.n desc
        """;

    private const string FromNewest = "select a.seq from ledger_accounts a where a.community = $1 and a.id = $2";

    private const string FromBefore = """
        select case when l.from_account = $2 then l.from_prev else l.to_prev end from ledger_legs l
        where l.community = $1 and l.seq = $6 and (l.from_account = $2 or l.to_account = $2) order by l.n limit 1
        """;

    /// <summary>The movements, newest first; none for an account that was never opened.</summary>
    /// <param name="community">The community.</param>
    /// <param name="account">The account.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last.</param>
    /// <param name="before">Only postings before this one, which touched the account; null for the newest.</param>
    /// <param name="postings">How many at most, up to <see cref="MaxPostings"/>.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<IReadOnlyList<AccountLine>> Between(int community, AccountKey account, DateTimeOffset from, DateTimeOffset to, long? before, int postings, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        if (await IdOf(connection, community, account, cancel) is not { } id)
            return [];
        await using var command = connection.CreateCommand();
        command.CommandText = Walk.Replace("{0}", before is null ? FromNewest : FromBefore, StringComparison.Ordinal);
        object[] values = [community, id, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), Math.Clamp(postings, 1, MaxPostings)];
        Parameters.Add(command, before is { } seq ? [.. values, seq] : values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var lines = new List<AccountLine>();
        while (await reader.ReadAsync(cancel))
            if (lines.Count > 0 && lines[^1].Seq == reader.GetInt64(0))
                lines[^1] = lines[^1] with { Change = lines[^1].Change + reader.GetInt64(3) };
            else
                lines.Add(Line(reader));
        return lines;
    }

    private static AccountLine Line(DbDataReader r) => new(
        r.GetInt64(0), (PostingKind)r.GetInt16(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), r.GetInt64(3), r.GetInt64(4),
        r.IsDBNull(5) ? 0 : r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7));

    private static async Task<long?> IdOf(DbConnection connection, int community, AccountKey account, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select a.id from ledger_accounts a where a.community = $1 and a.owner = $2 and a.kind = $3 and a.asset = $4 and a.expires_on = $5";
        Parameters.Add(command, [community, account.Owner, (short)account.Kind, (short)account.Asset, account.ExpiresNumber]);
        return await command.ExecuteScalarAsync(cancel) is { } found and not DBNull ? Convert.ToInt64(found, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
