using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http.Sheets;

/// <summary>A row of a sheet that was sent.</summary>
/// <param name="Number">As Excel counts: the headings are row 1.</param>
/// <param name="Cells">Texts by heading, trimmed; empty where there is nothing.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>The text under a heading.</summary>
    public string this[string heading] => Cells[heading];
}

/// <summary>XLSX in and out, within limits: what comes in is bounded before it is parsed, what goes out never becomes a formula.</summary>
public static class Sheet
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Most bytes of a file that is sent.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>A form with such a file.</summary>
    public const int MaxFormBytes = MaxBytes + 16 * 1024;

    /// <summary>Most rows below the headings, in and out.</summary>
    public const int MaxRows = 5_000;

    /// <summary>Most bytes that a file may unpack to.</summary>
    public const int MaxUnpackedBytes = 20 * 1024 * 1024;

    private const int MaxEntries = 100;
    private const int MaxColumns = 100;

    /// <summary>Reads the first sheet: headings in row 1, rows without any text left out.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="headings">The headings that are needed, in any order; other columns are passed over.</param>
    /// <returns>The rows, or <see cref="SheetTooLarge"/>, <see cref="SheetUnreadable"/>, <see cref="SheetColumnMissing"/>, <see cref="SheetTooLong"/>.</returns>
    public static Result<SheetRow[]> Read(byte[] bytes, IReadOnlyList<string> headings)
    {
        if (bytes.Length > MaxBytes)
            return new SheetTooLarge();
        try
        {
            if (!IsBounded(bytes))
                return new SheetTooLarge();
            using var stream = new MemoryStream(bytes, writable: false);
            using var rows = stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration { EnableSharedStringCache = false })
                .Cast<IDictionary<string, object?>>().GetEnumerator();
            return rows.MoveNext() ? Rows(rows, Columns(rows.Current), headings) : new SheetColumnMissing(headings[0]);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or KeyNotFoundException or ArgumentException or InvalidOperationException or NotSupportedException or NullReferenceException or OverflowException or IndexOutOfRangeException)
        {
            return new SheetUnreadable();
        }
    }

    /// <summary>Writes one sheet.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="headings">Row 1.</param>
    /// <param name="rows">At most <see cref="MaxRows"/>; texts, whole numbers, decimals, days.</param>
    public static byte[] Write(string name, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var table = rows.Select(row => headings.Zip(row).ToDictionary(cell => cell.First, cell => Harmless(cell.Second), StringComparer.Ordinal)).ToList();
        if (table.Count == 0)
            table.Add(headings.ToDictionary(h => h, _ => (object?)null, StringComparer.Ordinal));
        using var stream = new MemoryStream();
        stream.SaveAs(table, sheetName: name, configuration: new OpenXmlConfiguration { AutoFilter = false });
        return stream.ToArray();
    }

    /// <summary>A sheet as a file to be downloaded.</summary>
    public static FileContentHttpResult File(byte[] bytes, string fileName) => TypedResults.File(bytes, MediaType, fileName);

    private static Result<SheetRow[]> Rows(IEnumerator<IDictionary<string, object?>> rows, Dictionary<string, string> columns, IReadOnlyList<string> headings)
    {
        if (headings.FirstOrDefault(h => !columns.ContainsKey(h)) is { } missing)
            return new SheetColumnMissing(missing);
        var read = new List<SheetRow>();
        for (var number = 2; rows.MoveNext(); number++)
        {
            var cells = headings.ToDictionary(h => h, h => Text(rows.Current.TryGetValue(columns[h], out var value) ? value : null), StringComparer.Ordinal);
            if (cells.Values.All(c => c.Length == 0))
                continue;
            if (read.Count == MaxRows)
                return new SheetTooLong();
            read.Add(new SheetRow(number, cells));
        }

        return read.ToArray();
    }

    private static Dictionary<string, string> Columns(IDictionary<string, object?> first)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, heading) in first.Take(MaxColumns))
            columns.TryAdd(Text(heading), column);
        return columns;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => (text.StartsWith('\'') ? text[1..] : text).Trim(),
        double number => number.ToString(Math.Abs(number) < 1e15 && number == Math.Floor(number) ? "F0" : "R", CultureInfo.InvariantCulture),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    // What the directory of a ZIP says of sizes may be a lie, so it is unpacked once and counted.
    private static bool IsBounded(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (zip.Entries.Count > MaxEntries)
            return false;
        var total = 0L;
        var chunk = new byte[32 * 1024];
        foreach (var entry in zip.Entries)
        {
            using var unpacked = entry.Open();
            int read;
            while ((read = unpacked.Read(chunk)) > 0)
                if ((total += read) > MaxUnpackedBytes)
                    return false;
        }

        return true;
    }

    // A text that Excel would take for a formula is shown as text (OWASP, CSV injection); numbers are numbers.
    private static object? Harmless(object? value) => value switch
    {
        string { Length: > 0 } text when text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' => "'" + text,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value,
    };
}
