using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Phoenix.App.Settlement.Papers;

/// <summary>Papers in one ZIP, written entry by entry into a file of its own that goes with the answer: hundreds of statements don't pass through memory together.</summary>
internal sealed class PaperZip(ZipArchive zip)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes it and answers with it.</summary>
    /// <param name="name">What it is called, without an ending.</param>
    /// <param name="fill">Adds the papers.</param>
    public static async Task<FileStreamHttpResult> Answer(string name, Func<PaperZip, Task> fill)
    {
        var stream = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                await fill(new PaperZip(zip));
            stream.Position = 0;
            return TypedResults.File(stream, "application/zip", $"{name}.zip");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a paper; the name may have folders.</summary>
    public async Task Add(string name, byte[] content, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancel);
        await entry.WriteAsync(content, cancel);
    }

    /// <summary>A text as part of a name: what a file system refuses is _.</summary>
    public static string Safe(string name) => string.Concat(name.Select(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c) ? '_' : c));
}
