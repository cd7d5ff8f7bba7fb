using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;

namespace Phoenix.App.Identity.Privacy;

/// <summary>Words for what people read about themselves.</summary>
internal static class PersonalWords
{
    /// <summary>性别.</summary>
    public static string Of(Gender gender) => gender == Gender.Female ? "女" : "男";

    /// <summary>证件类型.</summary>
    public static string Of(IdDocument kind) => kind switch
    {
        IdDocument.ResidentIdCard => "居民身份证",
        IdDocument.HouseholdRegister => "户口簿",
        IdDocument.HongKongMacaoPermit => "港澳居民来往内地通行证",
        IdDocument.TaiwanPermit => "台湾居民来往大陆通行证",
        IdDocument.Passport => "护照",
        _ => "外国人永久居留身份证",
    };

    /// <summary>家长关系.</summary>
    public static string Of(Relation relation) => relation switch
    {
        Relation.Mother => "母亲",
        Relation.Father => "父亲",
        Relation.Grandparent => "祖父母或外祖父母",
        _ => "其他监护人",
    };

    /// <summary>What was looked at: from the log's action and subject.</summary>
    public static string OfLook(string action, string subject) => action switch
    {
        LookActions.Searched => "按手机号查找",
        LookActions.Revealed => subject switch
        {
            "field:Phone" => "手机号",
            "field:PendingPhone" => "待核实的手机号",
            "field:RealName" => "姓名",
            "field:IdNumber" => "证件号",
            "field:BirthDate" => "出生日期",
            "field:Gender" => "性别",
            "field:Area" => "居住区域",
            _ => "专业技能",
        },
        _ => "资料页面",
    };
}
