using Phoenix.Platform.Results;

namespace Phoenix.App.MiniProgram;

/// <summary>Not a code of ours, or changed on its way.</summary>
public sealed record CodeUnreadable() : Error("code.unreadable", ErrorKind.Invalid, "这个码认不出来，请对准本小程序出示的码再扫一次。");

/// <summary>A code of ours for something else, or of another community.</summary>
public sealed record CodeElsewhere() : Error("code.elsewhere", ErrorKind.Conflict, "这个码不是用在这里的，请核对后再扫。");

/// <summary>A code of an earlier step, or of a device that has had a newer secret since.</summary>
public sealed record CodeOver() : Error("code.over", ErrorKind.Gone, "这个码过时了，请再扫一次手机上的新码。");

/// <summary>A code of a step that hasn't begun: the clock of the phone that shows it is wrong.</summary>
public sealed record CodeAhead() : Error("code.ahead", ErrorKind.Conflict, "出示码的手机时间不准，请把手机时间设为自动后再扫。");

/// <summary>A personal code works once.</summary>
public sealed record CodeUsed() : Error("code.used", ErrorKind.Conflict, "这个码已经用过了，请等手机上换了新码再扫。");

/// <summary>No such fixed code.</summary>
public sealed record CodeUnknown() : Error("code.unknown", ErrorKind.NotFound, "没有找到这个码，请核对后再扫，或打电话给社区。");

/// <summary>WeChat finds in the text what may not be published.</summary>
public sealed record ContentRisky() : Error("content.risky", ErrorKind.Conflict, "文字里有不能发布的内容，请改一改再提交。");

/// <summary>No such review.</summary>
public sealed record ReviewUnknown() : Error("content.review_unknown", ErrorKind.NotFound, "没有找到这条待审内容，请刷新列表。");

/// <summary>It was decided, or its author has changed it.</summary>
public sealed record ReviewDecided() : Error("content.review_decided", ErrorKind.Conflict, "这条内容已经审过或被作者改过，请刷新列表。");

/// <summary>Nobody decides on their own text or picture (hard rule 5).</summary>
public sealed record OwnContent() : Error("content.own", ErrorKind.Conflict, "不能审核自己发布的内容，请另一位同事办理。");

/// <summary>Pushes aren't set up on this deployment.</summary>
public sealed record PushNotSetUp() : Error("push.not_set_up", ErrorKind.NotFound, "本系统没有设置微信消息推送，请先设置推送令牌和密钥。");

/// <summary>A page that no link may open.</summary>
public sealed record LinkPageUnknown() : Error("link.page_unknown", ErrorKind.Invalid, "这个页面不能做成链接，请选择别的页面。");
