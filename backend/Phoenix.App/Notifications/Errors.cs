using Phoenix.Platform.Results;

namespace Phoenix.App.Notifications;

/// <summary>No such message in the caller's inbox.</summary>
public sealed record UnknownMessage() : Error("messages.unknown", ErrorKind.NotFound, "没有找到这条消息，请刷新消息列表。");

/// <summary>What somebody else waits for, or has a right to, can't be switched off.</summary>
public sealed record AlwaysOn() : Error("messages.always_on", ErrorKind.Conflict, "这类消息很重要，不能关闭，可以关闭其他几类。");

/// <summary>The kind is for the inbox only.</summary>
public sealed record NoTemplateForKind() : Error("messages.inbox_only", ErrorKind.Conflict, "这类消息只放在消息里，不用选模板。");

/// <summary>The account has no template of this id.</summary>
public sealed record UnknownTemplate() : Error("messages.template_unknown", ErrorKind.NotFound, "小程序里没有这个模板，请在微信公众平台添加后，点【重新检查】。");

/// <summary>The template's keywords aren't those that the kind fills.</summary>
/// <param name="Why">What doesn't fit, naming the keyword.</param>
public sealed record TemplateDoesNotFit(string Why) : Error("messages.template_unfit", ErrorKind.Conflict, $"这个模板用不了：{Why}，请换一个。");

/// <summary>No such dead letter here.</summary>
public sealed record UnknownDeadLetter() : Error("messages.dead_letter_unknown", ErrorKind.NotFound, "没有找到这条没发出的消息，可能已经重发，请刷新。");
