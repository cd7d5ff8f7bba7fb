using Phoenix.Platform.Results;

namespace Phoenix.App.Http.Sheets;

/// <summary>No XLSX, or one that is broken.</summary>
public sealed record SheetUnreadable() : Error("sheet.unreadable", ErrorKind.Invalid, "这个表格打不开，请用 Excel 另存为 .xlsx 后再传。");

/// <summary>More bytes, packed or unpacked, than are taken.</summary>
public sealed record SheetTooLarge() : Error("sheet.too_large", ErrorKind.TooLarge, "表格太大了，请控制在 2 MB 以内，分几次上传。");

/// <summary>More rows than are taken.</summary>
public sealed record SheetTooLong() : Error("sheet.too_many_rows", ErrorKind.Invalid, "表格超过 5000 行了，请分几次上传。");

/// <summary>A column that is needed isn't there.</summary>
public sealed record SheetColumnMissing(string Column) : Error("sheet.column_missing", ErrorKind.Invalid, $"表格第一行缺少“{Column}”这一列，请用导出的表格填写。");

/// <summary>More rows than one file may have.</summary>
public sealed record ExportTooLong() : Error("sheet.export_too_long", ErrorKind.Invalid, "超过 5000 行了，请把日期范围缩小，分几次导出。");
