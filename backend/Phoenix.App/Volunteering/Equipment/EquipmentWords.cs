namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Kinds, states and conditions in words.</summary>
internal static class EquipmentWords
{
    /// <summary>A kind.</summary>
    public static string Of(EquipmentKind kind) => kind switch
    {
        EquipmentKind.Mobility => "助行",
        EquipmentKind.FirstAid => "急救",
        EquipmentKind.Tools => "工具",
        EquipmentKind.Events => "活动用品",
        _ => "其他",
    };

    /// <summary>A state.</summary>
    public static string Of(EquipmentState state) => state switch
    {
        EquipmentState.Ready => "可借",
        EquipmentState.Repair => "维修中",
        _ => "已停用",
    };

    /// <summary>How it came back; empty while it is out.</summary>
    public static string Of(ReturnCondition? condition) => condition switch
    {
        ReturnCondition.Fine => "完好",
        ReturnCondition.Broken => "坏了",
        _ => "",
    };

    /// <summary>An item with its number: 轮椅（3 号）.</summary>
    public static string Of(EquipmentItem item) => $"{item.Name}（{item.Number} 号）";
}
