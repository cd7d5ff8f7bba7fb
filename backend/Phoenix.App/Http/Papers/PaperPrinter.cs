using PdfSharp.Pdf;

namespace Phoenix.App.Http.Papers;

/// <summary>Prints A4 pages as PDF. One at a time: the library's caches are the process's, and a page takes a few hundredths of a second.</summary>
internal static class PaperPrinter
{
    private static readonly Lock s_gate = new();

    /// <summary>The file; null where the font isn't installed beside the program: no broken PDF is made.</summary>
    /// <param name="title">Of the document.</param>
    /// <param name="subject">Its number.</param>
    /// <param name="at">When it was made.</param>
    /// <param name="write">Writes the pages.</param>
    /// <param name="foot">Stands at the foot of each, beside its number; null for neither.</param>
    public static byte[]? Print(string title, string subject, DateTimeOffset at, Action<Paper> write, string? foot)
    {
        if (!PaperFont.IsThere)
            return null;
        lock (s_gate)
        {
            PaperFont.Use();
            using var document = new PdfDocument();
            document.Info.Title = title;
            document.Info.Subject = subject;
            document.Info.Creator = "Phoenix";
            document.Info.CreationDate = at.UtcDateTime;
            using (var paper = new Paper(document))
            {
                write(paper);
                if (foot is not null)
                    paper.Foot(foot, Paper.Font(8));
            }

            using var stream = new MemoryStream();
            document.Save(stream, closeStream: false);
            return stream.ToArray();
        }
    }
}
