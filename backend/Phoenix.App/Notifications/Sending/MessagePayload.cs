using Phoenix.App.Notifications.Templates;

namespace Phoenix.App.Notifications.Sending;

/// <summary>What an outbox row of a message holds. The person stands in the row itself.</summary>
/// <param name="MessageId">The inbox message.</param>
/// <param name="Page">The page that opens the exact record.</param>
/// <param name="Values">The values, by the labels of the catalogue.</param>
/// <param name="UsefulUntil">Not sent after it.</param>
/// <param name="MayWake">Whether it goes out in the quiet hours if it would be useless in the morning.</param>
public sealed record MessagePayload(Guid MessageId, string Page, IReadOnlyDictionary<string, FieldValue> Values, DateTimeOffset? UsefulUntil, bool MayWake);
