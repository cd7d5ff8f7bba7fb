using Phoenix.Platform.Results;

namespace Phoenix.App.Identity;

/// <summary>The session is over: ended, unused too long, or its token isn't ours. The client signs in anew with <c>wx.login</c>.</summary>
public sealed record SessionOver() : Error("session.over", ErrorKind.Unauthenticated, "登录已失效，请重新登录。");

/// <summary>A refresh token that was used before came again: the session was ended on every device that has it.</summary>
public sealed record RefreshTokenCopied() : Error("session.token_copied", ErrorKind.Unauthenticated, "为了您的账号安全，请重新登录。");

/// <summary>No such member here.</summary>
public sealed record UnknownMember() : Error("member.unknown", ErrorKind.NotFound, "没有找到这位居民，请返回名单再选一次。");

/// <summary>The setup code is wrong, used or expired.</summary>
public sealed record SetupCodeWrong() : Error("setup.code_wrong", ErrorKind.Conflict, "设置码不对或已用过，请在服务器上重新生成一个。");

/// <summary>Nobody gives or takes rights to or from themselves (hard rule 5).</summary>
public sealed record OwnRole() : Error("role.own", ErrorKind.Conflict, "不能给自己授权，请另一位工作人员办理。");

/// <summary>The role comes by another way: joining, registering, or a merchant's or unit's own page.</summary>
public sealed record RoleNotGrantable() : Error("role.not_grantable", ErrorKind.Conflict, "这个身份不在这里授予，请到对应页面办理。");

/// <summary>The person doesn't have the role.</summary>
public sealed record RoleNotHeld() : Error("role.not_held", ErrorKind.NotFound, "对方没有这个身份，不用取消。");

/// <summary>Without this person nobody could approve: somebody else must have the role first.</summary>
public sealed record LastApprover() : Error("role.last_approver", ErrorKind.Conflict, "这是最后一位能办理的人，请先授权给另一位，再取消。");

/// <summary>The days of a stand-in: from today on, first before last, at most 60.</summary>
public sealed record DeputyDatesBad() : Error("deputy.dates_bad", ErrorKind.Invalid, "代理日期不对，请选今天以后、最多 60 天的起止日期。");

/// <summary>No such stand-in, or not the caller's to end.</summary>
public sealed record UnknownDeputy() : Error("deputy.unknown", ErrorKind.NotFound, "没有找到这次代理，请刷新列表。");

/// <summary>The successor is the one who leaves.</summary>
public sealed record SuccessorSame() : Error("hand_over.same", ErrorKind.Invalid, "接任的人不能是离任的人，请另选一位。");

/// <summary>The person has no working role here.</summary>
public sealed record NothingToHandOver() : Error("hand_over.nothing", ErrorKind.Conflict, "对方没有需要交接的工作。");
/// <summary>The person is a member already.</summary>
public sealed record AlreadyMember() : Error("membership.already", ErrorKind.Conflict, "您已经加入这个社区了，直接使用就可以。");

/// <summary>The person hasn't joined.</summary>
public sealed record NotMember() : Error("membership.none", ErrorKind.NotFound, "您还没有加入这个社区，请先加入。");

/// <summary>The member has a volunteer number already.</summary>
public sealed record AlreadyVolunteer() : Error("volunteer.already", ErrorKind.Conflict, "您已经是志愿者了，请直接查看电子志愿者证。");

/// <summary>The person has no volunteer number here.</summary>
public sealed record NotVolunteer() : Error("volunteer.none", ErrorKind.NotFound, "您还没有注册成为志愿者，请先注册。");

/// <summary>The birth date is another than the one noted before.</summary>
public sealed record BirthDateDiffers() : Error("birth_date.differs", ErrorKind.Conflict, "出生日期和之前登记的不一致，请联系社区工作人员更正。");

/// <summary>A minor without the consents that the age demands.</summary>
public sealed record ConsentNeeded() : Error("minor.consent_needed", ErrorKind.Conflict, "未成年人参加要先有家长同意，满十四周岁还要本人同意，请到【家人】里办理。");

/// <summary>No such child, or not the caller's.</summary>
public sealed record UnknownChild() : Error("child.unknown", ErrorKind.NotFound, "没有找到这个孩子，请回到【家人】再选一次。");

/// <summary>The child is 18 or not born yet.</summary>
public sealed record ChildAgeWrong() : Error("child.age_wrong", ErrorKind.Conflict, "孩子要未满 18 周岁，请核对出生日期。");

/// <summary>The guardian added this child before.</summary>
public sealed record ChildAlready() : Error("child.already", ErrorKind.Conflict, "这个孩子已经添加过了，直接使用就可以。");

/// <summary>Under 14, without a guardian's consent nothing may be kept.</summary>
public sealed record GuardianFirst() : Error("child.guardian_first", ErrorKind.Conflict, "未满 14 周岁，请家长先在【家人】里添加孩子，再用家长给的码绑定。");

/// <summary>A minor is nobody's guardian.</summary>
public sealed record GuardianIsMinor() : Error("guardian.minor", ErrorKind.Conflict, "未成年人不能做家长，请成年的家长来办理。");

/// <summary>More children than one guardian can have here.</summary>
public sealed record TooManyChildren() : Error("guardian.too_many_children", ErrorKind.Conflict, "添加的孩子已到上限，请联系社区工作人员。");

/// <summary>The child has two guardians already.</summary>
public sealed record TooManyGuardians() : Error("guardian.too_many", ErrorKind.Conflict, "这个孩子已有两位家长，要换人请先解除一位。");

/// <summary>A child keeps at least one guardian.</summary>
public sealed record LastGuardian() : Error("guardian.last", ErrorKind.Conflict, "您是孩子唯一的家长，可以撤回同意，或为孩子注销。");

/// <summary>The privacy notice was changed meanwhile, or isn't the document.</summary>
public sealed record NoticeNotCurrent() : Error("minor.notice_not_current", ErrorKind.Conflict, "隐私说明有了新版本，请重新阅读再同意。");

/// <summary>The person isn't a minor of 14 and more.</summary>
public sealed record OwnConsentNotNeeded() : Error("minor.own_consent_not_needed", ErrorKind.Conflict, "这一步只需要 14 到 17 周岁的孩子办理，请返回。");

/// <summary>Who attests is one of those whom it is about (hard rule 5).</summary>
public sealed record WitnessIsParty() : Error("family.own", ErrorKind.Conflict, "不能给自己或自己家人办理，请另一位工作人员来办。");

/// <summary>The code is wrong, used or over.</summary>
public sealed record FamilyCodeWrong() : Error("family.code_wrong", ErrorKind.Conflict, "码不对或已过期，请对方重新生成一个。");

/// <summary>The two are linked already, or one person.</summary>
public sealed record AlreadyFamily() : Error("family.already", ErrorKind.Conflict, "已经是家人了，不用再办。");

/// <summary>A minor has guardians, and a child under 14 helps nobody.</summary>
public sealed record FamilyTooYoung() : Error("family.too_young", ErrorKind.Conflict, "未成年人由家长办理，未满 14 周岁不能当帮手。");

/// <summary>More links than one person can have here.</summary>
public sealed record TooMuchFamily() : Error("family.too_many", ErrorKind.Conflict, "家人已到上限，请先解除一位再添加。");

/// <summary>No such link, or not the caller's to end.</summary>
public sealed record UnknownFamily() : Error("family.unknown", ErrorKind.NotFound, "没有找到这位家人，请刷新列表。");

/// <summary>The member signs in with WeChat and does it with a code.</summary>
public sealed record HasWeChat() : Error("account.has_wechat", ErrorKind.Conflict, "这位居民已有自己的微信，请本人在手机上办理。");

/// <summary>The WeChat user on this phone is somebody here already.</summary>
public sealed record AccountInUse() : Error("account.in_use", ErrorKind.Conflict, "这个微信已经加入过社区，请换一个微信，或联系工作人员。");

/// <summary>Something must be finished first; <see cref="Error.Fields"/> says what.</summary>
public sealed record SomethingOpen() : Error("account.something_open", ErrorKind.Conflict, "还有事没办完，请先按提示办好。");

/// <summary>Staff don't confirm their own number.</summary>
public sealed record OwnPhone() : Error("phone.own", ErrorKind.Conflict, "不能核实自己的手机号，请另一位工作人员办理。");

/// <summary>No number waits.</summary>
public sealed record NoPhonePending() : Error("phone.none_pending", ErrorKind.NotFound, "没有待核实的手机号，请刷新列表。");

/// <summary>Nobody can have been born then.</summary>
public sealed record BirthDateImpossible() : Error("birth_date.impossible", ErrorKind.Conflict, "出生日期不对，请核对证件。");

/// <summary>Another member here has the number.</summary>
public sealed record IdNumberTaken() : Error("details.id_taken", ErrorKind.Conflict, "这个证件号已经登记过，请联系社区工作人员核对。");

/// <summary>The answer of a look is given again for a minute only.</summary>
public sealed record RevealOver() : Error("reveal.over", ErrorKind.Conflict, "查看已过时，请写明原因再看一次。");

/// <summary>The fields of 令67 art 5 aren't there yet.</summary>
public sealed record DetailsNeeded() : Error("details.needed", ErrorKind.Conflict, "开证明要先补齐姓名和证件号，请到【我的】里填写。");
