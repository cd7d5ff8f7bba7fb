using Phoenix.Platform.Ids;

namespace Phoenix.App.Community.Documents;

/// <summary>The documents that a new community starts with: plain texts that staff replace with their own versions before going public.</summary>
internal static class FirstDocuments
{
    private static readonly (DocumentKind Kind, string Title, string Body)[] s_texts =
    [
        (DocumentKind.PrivacyNotice, "隐私说明", """
            我们只留办事要用的信息：您的称呼、楼栋、手机号，和您参加服务的记录。手机号、证件号加密保存，工作人员查看会留下记录。
            服务记录不会给商家，也不用来做广告。十四岁以下孩子的信息，要家长同意才收。
            您可以随时在【我的】里下载自己的全部信息，也可以注销账号：个人信息会删掉，账本上只留下认不出人的编号。
            """),
        (DocumentKind.ManagementRules, "志愿者管理规则", """
            年满十八周岁可以自己注册；十四到十七周岁要家长同意；更小的孩子由家长带着参加。
            报了名请按时到。来不了请提前取消，让别人补上。
            服务是无偿的，不能收被服务的人的钱和东西。
            """),
        (DocumentKind.ServiceCode, "志愿服务规范", """
            尊重被服务的人，不打听、不外传别人家里的事。
            听从现场负责人的安排，注意安全，不做自己做不了的事。
            """),
        (DocumentKind.PointsRules, "凤凰币积分办法", """
            社区用凤凰币感谢志愿者。凤凰币不是钱，不能买卖、不能转给别人，可以到合作商家换东西，也可以送给爱心池。
            每批凤凰币都有到期日，到期前三十天会提醒。花掉或到期都不影响您的服务时长。
            办法有改动会发布新版本，只管以后，不管以前。
            """),
    ];

    /// <summary>Version 1 of each.</summary>
    public static IEnumerable<RuleDocument> Of(int community, DateTimeOffset now, IIds ids) => s_texts.Select(text => new RuleDocument
    {
        CommunityId = community,
        Id = ids.New(),
        Kind = text.Kind,
        Version = 1,
        Title = text.Title,
        Body = text.Body.Trim(),
        MustAccept = true,
        PublishedAt = now,
    });
}
