using Phoenix.Platform.Results;

namespace Phoenix.App.Files;

/// <summary>Not a JPEG, PNG or WebP that can be decoded.</summary>
public sealed record ImageUnreadable() : Error("file.image_unreadable", ErrorKind.Invalid, "这张图片打不开，请换一张 JPG、PNG 或 WebP 图片。");

/// <summary>More bytes or pixels than an image may have.</summary>
public sealed record ImageTooLarge() : Error("file.image_too_large", ErrorKind.TooLarge, "图片太大了，请选择 1 MB 以内的图片。");

/// <summary>A link that we didn't sign, or that was changed.</summary>
public sealed record FileLinkRefused() : Error("file.link_refused", ErrorKind.NotFound, "图片链接不对，请返回上一页重新打开。");

/// <summary>A link past its time.</summary>
public sealed record FileLinkExpired() : Error("file.link_expired", ErrorKind.Gone, "图片链接过期了，请返回上一页重新打开。");
