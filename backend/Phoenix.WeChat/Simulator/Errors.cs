using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Simulator;

/// <summary>No user with this openid was chosen yet.</summary>
public sealed record SimulatedUserUnknown() : Error("simulator.user_unknown", ErrorKind.NotFound, "没有这个模拟用户，请重新选一位。");

/// <summary>A name that is empty or too long, or a number that is none.</summary>
public sealed record SimulatedUserWrong() : Error("simulator.user_wrong", ErrorKind.Invalid, "名字要 1 到 20 个字，手机号要 11 位数字，请改一改。");

/// <summary>As many users as there may be.</summary>
public sealed record SimulatedUsersFull() : Error("simulator.users_full", ErrorKind.Conflict, "模拟用户已满，请选一位已有的。");

/// <summary>wx refuses; the words and number are its own.</summary>
/// <param name="ErrMsg"><c>requestSubscribeMessage:fail ...</c>.</param>
/// <param name="ErrCode">errCode or errno.</param>
public sealed record SimulatedClientRefused(string ErrMsg, int ErrCode) : Error("simulator.client_refused", ErrorKind.Conflict, "微信没有照办，请看 errMsg。");

/// <summary>A text that is no code or link of this mini program, or a link that is over.</summary>
public sealed record SimulatedCodeUnknown() : Error("simulator.code_unknown", ErrorKind.NotFound, "这不是本小程序的码或链接，或者已经过期，请换一个。");

/// <summary>A setting of the simulator that can't be.</summary>
/// <param name="What">Which, in its JSON name.</param>
public sealed record SimulatorSettingWrong(string What) : Error("simulator.setting_wrong", ErrorKind.Invalid, $"设置“{What}”不对，请检查。");

/// <summary>A body that is no JSON.</summary>
public sealed record SimulatorBodyWrong() : Error("simulator.body_wrong", ErrorKind.Invalid, "请求内容不是 JSON，请检查。");

/// <summary>A page of another site sent this.</summary>
public sealed record SimulatorCrossSite() : Error("simulator.cross_site", ErrorKind.Forbidden, "别的网站不能操作模拟器，请从模拟器页面操作。");

/// <summary>As many faults as may be on.</summary>
public sealed record SimulatorFaultsFull() : Error("simulator.faults_full", ErrorKind.Conflict, "打开的故障太多了，请先关掉一些。");
