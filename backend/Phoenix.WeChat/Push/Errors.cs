using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Push;

/// <summary>A push with more bytes than <see cref="PushReceiver.MaxBodyBytes"/>.</summary>
public sealed record PushTooLarge() : Error("push.too_large", ErrorKind.TooLarge, "推送内容太大了，已拒收，请检查是谁在发送。");

/// <summary>The signature is missing or not made with our token.</summary>
public sealed record PushSignatureWrong() : Error("push.signature_wrong", ErrorKind.Forbidden, "推送签名不对，请核对微信后台和本系统的推送令牌。");

/// <summary>The timestamp is missing, or further from now than <see cref="PushReceiver.MaxAge"/>.</summary>
public sealed record PushTooOld() : Error("push.too_old", ErrorKind.Forbidden, "推送时间与现在相差太多，已拒收，请检查服务器时间。");

/// <summary>The body isn't encrypted as our mode demands, or is encrypted where plain mode is set.</summary>
public sealed record PushModeWrong() : Error("push.mode_wrong", ErrorKind.Forbidden, "推送的加密方式不对，请在微信后台选择与本系统相同的消息加密方式。");

/// <summary>The ciphertext can't be opened with our EncodingAESKey.</summary>
public sealed record PushCipherWrong() : Error("push.cipher_wrong", ErrorKind.Forbidden, "推送内容解不开，请核对微信后台和本系统的消息加密密钥。");

/// <summary>The push is for another mini program.</summary>
public sealed record PushAppIdWrong() : Error("push.appid_wrong", ErrorKind.Forbidden, "推送是发给别的小程序的，请核对小程序编号。");

/// <summary>Neither XML nor JSON as WeChat sends it, or a required field is missing.</summary>
public sealed record PushMalformed() : Error("push.malformed", ErrorKind.Invalid, "推送内容不完整，已拒收，请等微信重新发送。");
