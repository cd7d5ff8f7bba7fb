using System.Security.Cryptography;
using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Journal;

/// <summary>
/// Proves an export from the first line to the last, with no database: form, chain, every rule of decisions/0003, balances, trailer and
/// signature. Memory grows with the number of accounts, not of postings.
/// </summary>
public static class JournalVerifier
{
    /// <summary>Verifies an export. Stops at the first fault.</summary>
    /// <param name="export">Read to its end. One that can't be sought in is copied to a temporary file first.</param>
    /// <param name="options">How.</param>
    public static JournalReport Verify(Stream export, JournalVerifyOptions options)
    {
        if (export.CanSeek)
            return new Run(export, options).Verify();
        using var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        export.CopyTo(copy);
        copy.Position = 0;
        return new Run(copy, options).Verify();
    }

    private sealed class Run(Stream export, JournalVerifyOptions options)
    {
        private readonly JournalLines _lines = new(export, options.MaxLineBytes);
        private readonly CanonicalForm _form = new();
        private byte[] _hash = CanonicalForm.Genesis.ToArray();
        private int _community;
        private int _utcOffsetMinutes;
        private long _line;
        private long _count;
        private long _atMs;
        private JournalAuditor? _auditor;
        private string _keyId = "";
        private bool _trusted;

        public JournalReport Verify()
        {
            var fault = VerifyLines();
            var balances = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var account in _auditor?.Accounts ?? [])
            {
                var name = $"{AccountKinds.NameOf(account.Key.Kind)}/{AccountKinds.NameOf(account.Key.Asset)}";
                balances[name] = balances.GetValueOrDefault(name) + account.Balance;
            }

            return new JournalReport(fault, _community, _count, $"{_count}:{Convert.ToHexStringLower(_hash)}", _keyId, _trusted, balances);
        }

        private JournalFault? VerifyLines()
        {
            if (Next() is not { } first || JournalJson.ReadHeader(first) is not { } header)
                return Fault(0, "journal.header", "第一行不是账本的开头。");
            (_community, _utcOffsetMinutes) = header;
            using var memory = new SpillMemory(_lines, _community);
            _auditor = new JournalAuditor(_utcOffsetMinutes, memory);
            while (Next() is { } line)
            {
                if (_lines.TooLong)
                    return Fault(0, "journal.line_too_long", "这一行太长，不是账本里的记录。");
                if (JournalJson.ReadTrailer(line) is { } trailer)
                    return VerifyTrailer(trailer) ?? (Next() is null ? null : Fault(0, "journal.after_trailer", "结尾之后还有内容。"));
                if (JournalJson.ReadPosting(line, _community) is not { } posting)
                    return Fault(0, "journal.malformed", "这一行的格式不对，或被改动过。");
                if (VerifyPosting(posting, memory) is { } fault)
                    return fault;
            }

            return Fault(0, "journal.trailer_missing", "没有结尾：后面的内容被删掉了。");
        }

        private JournalFault? VerifyPosting(JournalPosting posting, SpillMemory memory)
        {
            if (posting.Seq != _count + 1)
                return Fault(posting.Seq, "journal.sequence", $"这里应当是第 {_count + 1} 笔：有记录被删掉、插入或调换了次序。");
            var hash = _form.Hash(posting, _hash);
            if (!hash.AsSpan().SequenceEqual(posting.Hash))
                return Fault(posting.Seq, "journal.hash", "和前面的链接不上：这笔或它前面的记录被改动过。");
            if (posting.Text is not null && posting.Salt is not null && posting.TextCommit is not null && !CanonicalForm.Commit(posting.Salt, posting.Text).AsSpan().SequenceEqual(posting.TextCommit))
                return Fault(posting.Seq, "journal.text", "说明被改动过。");
            if (posting.Text is not null && posting.TextCommit is null)
                return Fault(posting.Seq, "journal.text", "多出了原来没有的说明。");
            if (options.Since is { } since && since.Seq == posting.Seq && !string.Equals(since.Hash, Convert.ToHexStringLower(hash), StringComparison.Ordinal))
                return Fault(posting.Seq, "journal.since", "和以前公布的不一样：这笔或它前面的记录被重写过。");
            if (_auditor!.Check(posting) is { } broken)
                return Fault(posting.Seq, broken.Code, broken.Message);
            memory.Remember(posting.Seq, _lines.Offset);
            (_count, _hash, _atMs) = (posting.Seq, hash, posting.AtMs);
            return null;
        }

        private JournalFault? VerifyTrailer(JournalTrailer trailer)
        {
            if (_auditor!.CheckEnd() is { } open)
                return Fault(_count, open.Code, open.Message);
            if (trailer.Count != _count || !string.Equals(trailer.Head, Convert.ToHexStringLower(_hash), StringComparison.Ordinal) || (_count > 0 && trailer.AtMs != _atMs))
                return Fault(_count, "journal.trailer", $"结尾说有 {trailer.Count} 笔，这里是 {_count} 笔，或最后一笔不是原来那笔。");
            if (options.Since is { } since && since.Seq > _count)
                return Fault(_count, "journal.since", $"以前公布过第 {since.Seq} 笔，这里只有 {_count} 笔。");
            _keyId = JournalTrailer.KeyIdOf(trailer.PublicKey);
            _trusted = options.TrustedKeys.Any(k => k.AsSpan().SequenceEqual(trailer.PublicKey));
            if (!string.Equals(_keyId, trailer.KeyId, StringComparison.Ordinal) || !IsSigned(trailer))
                return Fault(_count, "journal.signature", "签名不对：内容和签名的不是同一份。");
            return options.TrustedKeys.Count > 0 && !_trusted ? Fault(_count, "journal.unknown_key", "签名的不是认可的密钥。") : null;
        }

        private bool IsSigned(JournalTrailer trailer)
        {
            try
            {
                using var key = ECDsa.Create();
                key.ImportSubjectPublicKeyInfo(trailer.PublicKey, out var read);
                return read == trailer.PublicKey.Length && key.KeySize == 256
                    && key.VerifyData(trailer.SignedBytes(_community, _utcOffsetMinutes), trailer.Signature, HashAlgorithmName.SHA256);
            }
            catch (CryptographicException)
            {
                return false;
            }
        }

        private ReadOnlyMemory<byte>? Next()
        {
            var line = _lines.Next();
            if (line is not null)
                _line++;
            return line;
        }

        private JournalFault Fault(long seq, string code, string message) => new(Math.Max(_line, 1), seq, code, message);
    }
}
