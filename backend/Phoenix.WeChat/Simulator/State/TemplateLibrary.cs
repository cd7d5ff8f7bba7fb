namespace Phoenix.WeChat.Simulator.State;

/// <summary>A keyword of a public template title.</summary>
/// <param name="Kid">Its number; with the rule it makes the key: rule thing, kid 1 → thing1.</param>
/// <param name="Name">The label.</param>
/// <param name="Example">Sample value.</param>
/// <param name="Rule">The field type.</param>
/// <param name="Values">For an enumerated keyword, the values allowed.</param>
internal sealed record Keyword(int Kid, string Name, string Example, string Rule, params string[] Values)
{
    public string Key => $"{Rule}{Kid}";
}

/// <summary>A public template title.</summary>
internal sealed record PublicTitle(int Tid, string Title, int CategoryId, bool IsLongTerm, params Keyword[] Keywords);

/// <summary>A part of WeChat's public template library, with titles that a volunteer product wants.</summary>
internal static class TemplateLibrary
{
    public static readonly (int Id, string Name)[] Categories = [(616, "生活服务 > 社区服务"), (612, "公益 > 志愿服务"), (307, "餐饮服务 > 餐饮"), (205, "政务民生 > 公共服务")];

    public static readonly PublicTitle[] Titles =
    [
        new(401, "活动报名结果通知", 612, false,
            new(1, "活动名称", "楼栋关怀日", "thing"), new(2, "活动时间", "2026年11月28日 09:00", "time"), new(3, "活动地点", "凤凰里社区服务站", "thing"),
            new(4, "报名结果", "报名成功", "phrase"), new(5, "备注", "请提前十分钟到场", "thing")),
        new(402, "活动开始提醒", 612, false,
            new(1, "活动名称", "楼栋关怀日", "thing"), new(2, "开始时间", "2026年11月28日 09:00", "time"), new(3, "活动地点", "凤凰里社区服务站", "thing"), new(4, "温馨提示", "请带好水杯", "thing")),
        new(403, "候补成功通知", 612, false,
            new(1, "活动名称", "楼栋关怀日", "thing"), new(2, "活动时间", "2026年11月28日 09:00", "time"), new(3, "确认截止时间", "2026年11月27日 18:00", "time"), new(4, "温馨提示", "请在截止前确认", "thing")),
        new(404, "活动取消通知", 612, false,
            new(1, "活动名称", "楼栋关怀日", "thing"), new(2, "活动时间", "2026年11月28日 09:00", "time"), new(3, "取消原因", "天气原因", "thing")),
        new(405, "志愿服务时长通知", 612, false,
            new(1, "服务项目", "楼栋关怀日", "thing"), new(2, "服务日期", "2026年11月28日", "date"), new(3, "服务时长", "2.5", "number"), new(4, "获得积分", "25", "number"), new(5, "备注", "谢谢您", "thing")),
        new(406, "积分变动提醒", 616, false,
            new(1, "变动原因", "社区表扬", "thing"), new(2, "变动数量", "25", "number"), new(3, "变动时间", "2026年11月28日 12:00", "time"), new(4, "备注", "点开看看由来", "thing")),
        new(407, "积分到期提醒", 616, false,
            new(1, "到期积分", "12", "number"), new(2, "到期时间", "2026年12月31日", "date"), new(3, "温馨提示", "可以换，也可以送爱心池", "thing")),
        new(408, "兑换成功通知", 616, false,
            new(1, "兑换项目", "爱心午餐", "thing"), new(2, "使用积分", "18", "number"), new(3, "兑换商家", "社区食堂", "thing"), new(4, "兑换时间", "2026年11月28日 12:00", "time"), new(5, "备注", "有疑问点这里", "thing")),
        new(409, "取餐提醒", 307, false,
            new(1, "餐品名称", "爱心午餐", "thing"), new(2, "取餐号", "27", "character_string"), new(3, "有效期至", "2026年11月28日 13:30", "time"), new(4, "取餐地点", "社区食堂", "thing")),
        new(410, "兑换退回通知", 616, false,
            new(1, "兑换项目", "爱心午餐", "thing"), new(2, "退回积分", "18", "number"), new(3, "退回原因", "留的时间过了", "thing"), new(4, "退回时间", "2026年11月28日 13:30", "time")),
        new(411, "对账单确认提醒", 616, false,
            new(1, "账单名称", "十月对账单", "thing"), new(2, "笔数", "312", "number"), new(3, "确认截止日期", "2026年11月10日", "date"), new(4, "温馨提示", "有疑问点那一笔", "thing")),
        new(412, "待办审核提醒", 616, false,
            new(1, "审核事项", "发放申请", "thing"), new(2, "提交人", "林静", "name"), new(3, "提交时间", "2026年11月28日 10:00", "time"), new(4, "备注", "请尽快处理", "thing")),
        new(413, "审核结果通知", 616, false,
            new(1, "审核事项", "时长更正", "thing"), new(2, "审核结果", "通过", "enum", "通过", "不通过", "已撤回"), new(3, "审核时间", "2026年11月28日 10:00", "time"), new(4, "备注", "点开看说明", "thing")),
        new(414, "服务需求进度通知", 616, false,
            new(1, "需求内容", "陪同就医", "thing"), new(2, "当前进度", "已安排", "phrase"), new(3, "更新时间", "2026年11月28日 10:00", "time"), new(4, "联系电话", "028-85670000", "phone_number")),
        new(601, "预约办事提醒", 205, true,
            new(1, "办理事项", "老年证", "thing"), new(2, "预约时间", "2026年11月28日 10:00", "time"), new(3, "办理地点", "便民服务中心", "thing")),
    ];

    public static PublicTitle? Find(int tid) => Array.Find(Titles, title => title.Tid == tid);
}
