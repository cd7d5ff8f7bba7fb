using System.Globalization;
using Phoenix.App.Identity;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Province;

/// <summary>The province's import sheet: the one place that knows its columns and their order.</summary>
internal static class ProvinceSheet
{
    /// <summary>Finds the record again when the sheet comes back.</summary>
    public const string RecordColumn = "记录编号";

    /// <summary>The province's number, filled in there.</summary>
    public const string NumberColumn = "省系统编号";

    /// <summary>The columns in the province's order, ours behind them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "姓名", "证件号码", "项目名称", "服务日期", "开始时间", "结束时间", "服务时长（小时）", "服务地点", "服务内容", "组织单位", "负责人", "所属单位", RecordColumn, NumberColumn, "录入状态",
    ];

    /// <summary>A row; the neighbours' name, and no number, for somebody who hasn't given the details that the law asks for.</summary>
    public static IReadOnlyList<object?> Row(ServiceRecord r, ProvinceEntry? entry, LawfulDetails? details, string? knownAs, CommunityTime time) =>
    [
        details?.RealName ?? knownAs, details?.IdNumber, r.ActivityName, r.Day, Clock(r.StartAt, time), Clock(r.EndAt, time), r.Minutes / 60m, r.Place, r.Content, r.Organiser, r.PersonInCharge, r.UnitName,
        r.Id.ToString("N"), entry?.Number, entry is null ? "未录入" : "已录入",
    ];

    private static string Clock(DateTimeOffset instant, CommunityTime time) => time.TimeOf(instant).ToString("HH:mm", CultureInfo.InvariantCulture);
}
