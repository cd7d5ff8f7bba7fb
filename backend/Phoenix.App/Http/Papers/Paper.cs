using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using QRCoder;

namespace Phoenix.App.Http.Papers;

/// <summary>A4 pages that are written from top to bottom; lengths are points (1/72 inch).</summary>
internal sealed class Paper : IDisposable
{
    /// <summary>Left edge of what is printed.</summary>
    public const double Left = 56;

    /// <summary>Right edge.</summary>
    public const double Right = 595 - 56;

    /// <summary>Lower edge, above the page's number.</summary>
    public const double Bottom = 842 - 64;

    private const double Top = 60;

    private static readonly XPdfFontOptions s_unicode = new(PdfFontEncoding.Unicode);
    private static readonly XPen s_thin = new(XColor.FromArgb(0x99, 0x99, 0x99), 0.5);
    private static readonly XPen s_dashes = new(XColor.FromArgb(0x99, 0x99, 0x99), 0.8) { DashStyle = XDashStyle.Dash };

    private static readonly XBrush s_vermilion = new XSolidBrush(XColor.FromArgb(0xBF, 0x3A, 0x1C));

    private readonly PdfDocument _document;
    private XGraphics _page;

    /// <summary>The first page.</summary>
    public Paper(PdfDocument document)
    {
        _document = document;
        _page = NextPage();
    }

    /// <summary>How far down the page is written.</summary>
    public double Y { get; private set; }

    /// <summary>The letters of a size.</summary>
    public static XFont Font(double size, bool bold = false) => new(PaperFont.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, s_unicode);

    /// <summary>Goes on with the next page where less than so much is left of this one.</summary>
    /// <returns>Whether it did.</returns>
    public bool Ensure(double height)
    {
        if (Y + height <= Bottom)
            return false;
        _page.Dispose();
        _page = NextPage();
        return true;
    }

    /// <summary>Leaves room.</summary>
    public void Skip(double height) => Y += height;

    /// <summary>A line in the middle.</summary>
    public void Centre(string text, XFont font) => Line(text, font, XStringFormats.TopCenter);

    /// <summary>A line at the right.</summary>
    public void AtRight(string text, XFont font) => Line(text, font, XStringFormats.TopRight);

    /// <summary>Text over the whole width, as many lines as it needs, the first one indented by two letters where wanted.</summary>
    public void Paragraph(string text, XFont font, bool indented = false)
    {
        foreach (var line in Wrap((indented ? "　　" : "") + text, font, Right - Left))
        {
            Ensure(font.Size * LineHeight);
            _page.DrawString(line, font, XBrushes.Black, new XPoint(Left, Y), XStringFormats.TopLeft);
            Y += font.Size * LineHeight;
        }
    }

    /// <summary>How high text would be in a column.</summary>
    public double ColumnHeight(string text, XFont font, double width) => Wrap(text, font, width).Count * font.Size * LineHeight;

    /// <summary>Text in a column, as many lines as it needs; the caller has seen to it that they fit the page.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">The letters.</param>
    /// <param name="x">The column's left edge.</param>
    /// <param name="width">How wide it is.</param>
    /// <param name="isBright">In the brand's vermilion rather than in black.</param>
    public void Column(string text, XFont font, double x, double width, bool isBright = false)
    {
        foreach (var line in Wrap(text, font, width))
        {
            _page.DrawString(line, font, isBright ? s_vermilion : XBrushes.Black, new XPoint(x, Y), XStringFormats.TopLeft);
            Y += font.Size * LineHeight;
        }
    }

    /// <summary>A vermilion line over the whole width.</summary>
    public void Rule(double thickness)
    {
        _page.DrawRectangle(s_vermilion, Left, Y, Right - Left, thickness);
        Y += thickness;
    }

    /// <summary>How high a row of a table would be.</summary>
    public double RowHeight(IReadOnlyList<string> cells, IReadOnlyList<double> widths, XFont font) =>
        cells.Select((c, i) => Wrap(c, font, widths[i] - 2 * CellPadding).Count).Max() * font.Size * LineHeight + 2 * CellPadding;

    /// <summary>A row of a table with lines around its cells; the caller has ensured its height.</summary>
    /// <param name="cells">The texts.</param>
    /// <param name="widths">How wide the columns are.</param>
    /// <param name="font">The letters.</param>
    /// <param name="numbers">Columns that stand at the right, so that digits stand below each other.</param>
    public void Row(IReadOnlyList<string> cells, IReadOnlyList<double> widths, XFont font, params IReadOnlyList<int> numbers)
    {
        var height = RowHeight(cells, widths, font);
        var x = Left;
        for (var i = 0; i < cells.Count; i++)
        {
            _page.DrawRectangle(s_thin, x, Y, widths[i], height);
            var y = Y + CellPadding;
            foreach (var line in Wrap(cells[i], font, widths[i] - 2 * CellPadding))
            {
                _page.DrawString(line, font, XBrushes.Black, new XRect(x + CellPadding, y, widths[i] - 2 * CellPadding, font.Size * LineHeight), numbers.Contains(i) ? XStringFormats.TopRight : XStringFormats.TopLeft);
                y += font.Size * LineHeight;
            }

            x += widths[i];
        }

        Y += height;
    }

    /// <summary>Text at a place of the page, without moving on.</summary>
    public void Put(string text, XFont font, double x, double y) => _page.DrawString(text, font, XBrushes.Black, new XPoint(x, y), XStringFormats.TopLeft);

    /// <summary>An image in a square.</summary>
    public void Image(byte[] bytes, double x, double y, double size)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var image = XImage.FromStream(stream);
        var scale = size / Math.Max(image.PixelWidth, image.PixelHeight);
        _page.DrawImage(image, x, y, image.PixelWidth * scale, image.PixelHeight * scale);
    }

    /// <summary>A place for a stamp.</summary>
    public void Slot(string words, XFont font, double x, double y, double size)
    {
        _page.DrawEllipse(s_dashes, x, y, size, size);
        _page.DrawString(words, font, XBrushes.Gray, new XRect(x, y, size, size), XStringFormats.Center);
    }

    /// <summary>A QR code, drawn as squares, so that it prints sharply.</summary>
    public void QrCode(string text, double x, double y, double size)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var unit = size / code.ModuleMatrix.Count;
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
            for (var column = 0; column < code.ModuleMatrix.Count; column++)
                if (code.ModuleMatrix[row][column])
                    _page.DrawRectangle(XBrushes.Black, x + column * unit, y + row * unit, unit + 0.05, unit + 0.05);
    }

    /// <summary>Writes the same line at the foot of every page, with the page's number.</summary>
    public void Foot(string text, XFont font)
    {
        _page.Dispose();
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[i]);
            page.DrawString(string.Create(CultureInfo.InvariantCulture, $"{text}　第 {i + 1} 页，共 {_document.PageCount} 页"), font, XBrushes.Gray, new XRect(Left, Bottom + 18, Right - Left, 14), XStringFormats.Center);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _page.Dispose();

    private const double LineHeight = 1.5;
    private const double CellPadding = 4;

    private void Line(string text, XFont font, XStringFormat format)
    {
        _page.DrawString(text, font, XBrushes.Black, new XRect(Left, Y, Right - Left, font.Size * LineHeight), format);
        Y += font.Size * LineHeight;
    }

    private XGraphics NextPage()
    {
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        Y = Top;
        return XGraphics.FromPdfPage(page);
    }

    // Chinese breaks between any two letters; Latin words and numbers stay whole where they fit a line.
    private List<string> Wrap(string text, XFont font, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(text))
        {
            if (_page.MeasureString(line + piece, font).Width <= width)
            {
                line += piece;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = piece.TrimStart();
            while (line.Length > 1 && _page.MeasureString(line, font).Width > width)
            {
                var fits = line.Length - 1;
                while (fits > 1 && _page.MeasureString(line[..fits], font).Width > width)
                    fits--;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        lines.Add(line);
        return lines;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            if (char.IsHighSurrogate(text[start]) && end < text.Length)
                end++;
            else if (char.IsAsciiLetterOrDigit(text[start]))
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or ':' or '/'))
                    end++;
            // A full stop or comma never begins a line.
            while (end < text.Length && "，。；：、！？）》”".Contains(text[end], StringComparison.Ordinal))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}
