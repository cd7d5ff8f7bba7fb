using System.Runtime.CompilerServices;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Journal;

/// <summary>The journal as it stands in the database, in order, a page at a time. Rows never change, so no transaction is held meanwhile.</summary>
public sealed class JournalReader(Database database)
{
    private const int Page = 500;

    /// <summary>The community's last posting, or null when no journal was opened.</summary>
    public async Task<JournalHead?> Head(int community, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "select seq, hash, at_ms from ledger_heads where community = $1";
        Parameters.Add(command, community);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new JournalHead(community, reader.GetInt64(0), Convert.ToHexStringLower((byte[])reader.GetValue(1)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)))
            : null;
    }

    /// <summary>The journal's end at an earlier instant: the last posting stamped before it; null when there is none.</summary>
    public async Task<JournalHead?> HeadBefore(int community, DateTimeOffset instant, CancellationToken cancel)
    {
        JournalHead? head = null;
        await database.Query(
            "select p.seq, p.hash, p.at_ms from ledger_postings p where p.community = $1 and p.at_ms < $2 order by p.seq desc limit 1",
            r => head = new JournalHead(community, r.GetInt64(0), Convert.ToHexStringLower((byte[])r.GetValue(1)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2))),
            cancel,
            community,
            instant.ToUnixTimeMilliseconds());
        return head;
    }

    /// <summary>When the first posting was stamped; null when there is none.</summary>
    public async Task<DateTimeOffset?> FirstAt(int community, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        DateTimeOffset? first = null;
        await connection.Query("select p.at_ms from ledger_postings p where p.community = $1 and p.seq = 1", r => first = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(0)), cancel, community);
        return first;
    }

    /// <summary>The postings from <paramref name="after"/> (exclusive) to <paramref name="through"/> (inclusive).</summary>
    /// <param name="community">The community.</param>
    /// <param name="after">0 for the beginning.</param>
    /// <param name="through">The last seq wanted.</param>
    /// <param name="withTexts">Whether reasons and salts are read too.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<JournalPosting> Read(int community, long after, long through, bool withTexts, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        for (var from = after; from < through; from += Page)
        {
            var to = Math.Min(from + Page, through);
            var page = new List<JournalPosting>(Page);
            await connection.Query($"select {Rows.Postings} from ledger_postings p left join ledger_texts t on {(withTexts ? "" : "1 = 0 and ")}t.community = p.community and t.seq = p.seq where p.community = $1 and p.seq > $2 and p.seq <= $3 order by p.seq", r => page.Add(Rows.Posting(r)), cancel, community, from, to);
            var bySeq = page.ToDictionary(p => p.Seq);
            // A row that lost its posting belongs to nothing; the chain tells of the posting that is missing.
            await connection.Query($"select {Rows.Legs} from ledger_legs l where l.community = $1 and l.seq > $2 and l.seq <= $3 order by l.seq, l.n", r => bySeq.GetValueOrDefault(r.GetInt64(1))?.Legs.Add(Rows.Leg(r)), cancel, community, from, to);
            // Read from the opening posting, not from the number: an account hides nowhere.
            await connection.Query($"select {Rows.Accounts} from ledger_accounts a where a.community = $1 and a.opened_seq > $2 and a.opened_seq <= $3 order by a.id", r => bySeq.GetValueOrDefault(r.GetInt64(6))?.Opened.Add(new JournalAccount(r.GetInt64(1), Rows.Key(r, 2), r.GetInt64(7), r.IsDBNull(8) ? null : r.GetInt64(8))), cancel, community, from, to);
            foreach (var posting in page)
                yield return posting;
        }
    }
}

/// <summary>A journal's end at one moment.</summary>
/// <param name="Community">The community.</param>
/// <param name="Seq">Postings so far.</param>
/// <param name="Hash">The chain's hash, hex.</param>
/// <param name="At">The last stamp.</param>
public sealed record JournalHead(int Community, long Seq, string Hash, DateTimeOffset At)
{
    /// <summary>As it is published and given to <c>verify --since</c>: <c>seq:hash</c>.</summary>
    public override string ToString() => $"{Seq}:{Hash}";
}
