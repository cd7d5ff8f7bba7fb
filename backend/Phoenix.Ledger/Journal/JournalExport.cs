using System.Text;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Journal;

/// <summary>Writes a community's whole journal as lines of JSON with a signed last line (decisions/0003).</summary>
public sealed class JournalExport(Database database, Clock clock, LedgerOptions options)
{
    private readonly JournalReader _reader = new(database);

    /// <summary>Writes the journal up to its present head; postings made meanwhile are left out.</summary>
    /// <param name="community">The community.</param>
    /// <param name="target">Where to; not closed.</param>
    /// <param name="signer">Signs the last line.</param>
    /// <param name="withTexts">Whether reasons go out too: only for who may see them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The head that was exported, or null when the community has no journal (nothing is written then).</returns>
    public async Task<JournalHead?> Write(int community, Stream target, IJournalSigner signer, bool withTexts, CancellationToken cancel)
    {
        if (await _reader.Head(community, cancel) is not { } head)
            return null;
        await WriteLine(target, JournalJson.Header(community, options.UtcOffsetMinutes), cancel);
        await foreach (var posting in _reader.Read(community, 0, head.Seq, withTexts, cancel))
            await WriteLine(target, JournalJson.Posting(posting), cancel);
        await WriteLine(target, JournalJson.Trailer(Trailer(head, signer)), cancel);
        await target.FlushAsync(cancel);
        return head;
    }

    /// <summary>The line that an export has for a posting, without the line's end.</summary>
    public static string LineOf(JournalPosting posting) => Encoding.UTF8.GetString(JournalJson.Posting(posting));

    private JournalTrailer Trailer(JournalHead head, IJournalSigner signer)
    {
        var key = signer.PublicKey;
        var unsigned = new JournalTrailer(head.Seq, head.Hash, head.At.ToUnixTimeMilliseconds(), clock.Now.ToUnixTimeMilliseconds(), JournalTrailer.KeyIdOf(key), key, []);
        return unsigned with { Signature = signer.Sign(unsigned.SignedBytes(head.Community, options.UtcOffsetMinutes)) };
    }

    private static async Task WriteLine(Stream target, byte[] line, CancellationToken cancel)
    {
        await target.WriteAsync(line, cancel);
        target.WriteByte((byte)'\n');
    }
}
