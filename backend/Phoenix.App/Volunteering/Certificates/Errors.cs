using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>The community hasn't said who signs certificates.</summary>
public sealed record CertificatesNotSetUp() : Error("certificate.not_set_up", ErrorKind.Conflict, "社区还没有设置证明的负责人和经办人，请打电话给社区。");

/// <summary>No record of the person's stands in the period.</summary>
public sealed record NothingToCertify() : Error("certificate.nothing", ErrorKind.Conflict, "这段时间没有可以开证明的服务记录，请换一段时间。");

/// <summary>One of the chosen records doesn't stand in the period.</summary>
public sealed record RecordNotInPeriod() : Error("certificate.record_not_in_period", ErrorKind.Conflict, "选的记录里有一条不在这段时间内，或已更正、作废，请重新选择。");

/// <summary>More records than one certificate may have.</summary>
public sealed record TooManyToCertify() : Error("certificate.too_many", ErrorKind.Invalid, "一份证明最多 300 条记录，请把时间分成几段。");

/// <summary>No certificate under this number, or not for the caller's eyes.</summary>
public sealed record UnknownCertificate() : Error("certificate.unknown", ErrorKind.NotFound, "没有找到这份证明，请核对证明编号。");

/// <summary>The certificate counts no longer.</summary>
public sealed record CertificateRevoked() : Error("certificate.revoked", ErrorKind.Gone, "这份证明里有记录已更正或作废，证明已失效，请重新开具。");

/// <summary>The Chinese font isn't installed beside the program: no broken PDF is made.</summary>
public sealed record FontMissing() : Error("certificate.font_missing", ErrorKind.Unavailable, "证明暂时打印不出来，编号仍然有效，请稍后再试或打电话给社区。");

/// <summary>The seal's image isn't one of the community's files.</summary>
public sealed record UnknownImage() : Error("certificate.unknown_image", ErrorKind.Conflict, "没有找到这张印章图片，请重新上传。");
