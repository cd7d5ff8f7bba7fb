using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records.Growth;

/// <summary>No member of the community's.</summary>
public sealed record UnknownVolunteer() : Error("volunteer_entry.unknown_member", ErrorKind.NotFound, "没有找到这位居民，请从名单里重新选择。");

/// <summary>No such entry.</summary>
public sealed record UnknownVolunteerEntry() : Error("volunteer_entry.unknown", ErrorKind.NotFound, "没有找到这条培训或表彰，请返回列表刷新。");

/// <summary>It was voided before.</summary>
public sealed record VolunteerEntryVoided() : Error("volunteer_entry.voided", ErrorKind.Conflict, "这条培训或表彰已经作废了，不用再办。");
