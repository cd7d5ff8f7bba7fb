namespace Phoenix.Ledger.Verify;

/// <summary>
/// Proves an exported journal from nothing but the file: the chain, the signature, and every rule of decisions/0003. Reads the file twice and
/// keeps what <see cref="VerifyFootprint"/> lists. Whatever the bytes are, the answer is a report.
/// </summary>
public static class JournalVerifier
{
    /// <summary>Reads the journal from where the stream stands to its end.</summary>
    /// <param name="export">The file; must be seekable. Stays open.</param>
    /// <param name="options">What is known besides.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="ArgumentException">The stream can't seek: put it into a file first.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static async Task<VerifyReport> Verify(Stream export, VerifyOptions options, CancellationToken cancel = default)
    {
        if (!export.CanSeek)
            throw new ArgumentException("the verifier reads twice, so the stream must be seekable", nameof(export));
        var start = export.Position;
        var foresight = await Foresight.Of(export, cancel);
        export.Position = start;
        return await new Reading(new Lines(export), foresight, options).Run(cancel);
    }

    /// <summary>The second reading.</summary>
    private sealed class Reading(Lines lines, Foresight foresight, VerifyOptions options)
    {
        private HeaderLine? _header;
        private Auditor? _auditor;
        private TrailerLine? _trailer;

        public async Task<VerifyReport> Run(CancellationToken cancel)
        {
            if (!await lines.Next(cancel))
                return Report(FormFindings.EmptyFile(), null);
            if (ReadHeader() is { } noHeader)
                return Report(noHeader, null);
            while (await lines.Next(cancel))
            {
                if (_trailer is not null)
                    return Report(FormFindings.AfterTrailer(), null);
                var (finding, seq) = ReadLine();
                if (finding is not null)
                    return Report(finding, seq);
            }

            return _trailer is null ? Report(FormFindings.TrailerMissing(), _auditor!.Count + 1) : Report(null, null);
        }

        private Finding? ReadHeader()
        {
            if (lines.IsTooLong)
                return FormFindings.LineTooLong();
            var (header, finding) = ExportReader.ReadHeader(lines.Current);
            if (header is null)
                return finding;
            _header = header;
            _auditor = new Auditor(header, foresight, options);
            return null;
        }

        // The seq named is the one that must stand here: a line that was changed may say anything.
        private (Finding? Finding, long? Seq) ReadLine()
        {
            var due = _auditor!.Count + 1;
            if (lines.IsTooLong)
                return (FormFindings.LineTooLong(), due);
            if (ExportReader.IsTrailer(lines.Current))
                return (ReadTrailer(), null);
            var (posting, unreadable) = ExportReader.ReadPosting(lines.Current);
            return (posting is null ? unreadable : _auditor.Take(posting), due);
        }

        private Finding? ReadTrailer()
        {
            var (trailer, finding) = ExportReader.ReadTrailer(lines.Current);
            if (trailer is null)
                return finding;
            _trailer = trailer;
            return _auditor!.CheckEnd() ?? TrailerCheck.Check(trailer, _header!, _auditor, options);
        }

        private VerifyReport Report(Finding? finding, long? seq)
        {
            var fault = finding is null ? null : new VerifyFault(Math.Max(1, lines.Number), seq, finding.Code, finding.English, finding.Chinese);
            return new VerifyReport(fault, Summary(fault is null));
        }

        private VerifySummary Summary(bool isProved)
        {
            var footprint = new VerifyFootprint
            {
                LongestLineBytes = lines.Longest,
                MostHolds = _auditor?.Books.MostHolds ?? 0,
                Targets = foresight.Reversed.Count,
                Requests = foresight.MayRepeat.Count,
                FilterBytes = foresight.FilterBytes,
            };
            if (_auditor is not { } a)
                return new VerifySummary { Footprint = footprint };
            return new VerifySummary
            {
                Community = _header!.Community,
                Postings = a.Count,
                Head = new JournalHead(a.Count, a.Head),
                From = a.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(a.FirstAtMs),
                To = a.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(a.LastAtMs),
                ExportedAt = isProved ? DateTimeOffset.FromUnixTimeMilliseconds(_trailer!.ExportedAtMs) : null,
                KeyId = isProved ? _trailer!.KeyId : "",
                KeyWasExpected = isProved && (options.PublicKey is not null || options.KeyId is not null),
                Accounts = a.Books.Accounts.Count,
                OpenHolds = a.Books.OpenHolds,
                Totals = a.Books.Totals(),
                Footprint = footprint,
            };
        }
    }
}
