using System.Runtime.InteropServices;

namespace Phoenix.Ledger.Journal;

/// <summary>
/// The auditor's memory of an export of any size: where each posting's line begins, and what became of holds and reversed postings, in a
/// temporary file of fixed records. Earlier lines are read again from the export itself.
/// </summary>
internal sealed class SpillMemory(JournalLines lines, int community) : IAuditMemory, IDisposable
{
    private const int RecordBytes = 40;

    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose, BufferSize = 0 });

    public void Remember(long seq, long offset) => RandomAccess.Write(_file.SafeFileHandle, MemoryMarshal.AsBytes([offset]), seq * RecordBytes);

    public JournalPosting? Find(long seq)
    {
        Span<long> offset = [0];
        if (seq < 1 || RandomAccess.Read(_file.SafeFileHandle, MemoryMarshal.AsBytes(offset), seq * RecordBytes) != 8 || offset[0] == 0)
            return null;
        return JournalJson.ReadPosting(lines.ReadAt(offset[0]), community);
    }

    public AuditNote Note(long seq)
    {
        Span<AuditNote> note = [default];
        var bytes = MemoryMarshal.AsBytes(note);
        var read = RandomAccess.Read(_file.SafeFileHandle, bytes, seq * RecordBytes + 8);
        bytes[read..].Clear();
        return note[0];
    }

    public void Note(long seq, AuditNote note) => RandomAccess.Write(_file.SafeFileHandle, MemoryMarshal.AsBytes([note]), seq * RecordBytes + 8);

    public void Dispose() => _file.Dispose();
}
