namespace Phoenix.App.Identity.Volunteers;

/// <summary>What the 电子志愿者证 shows. No ID number is on it.</summary>
/// <param name="Number">The volunteer number.</param>
/// <param name="DisplayName">The holder.</param>
/// <param name="RegisteredAt">Since when.</param>
public sealed record VolunteerCard(string Number, string DisplayName, DateTimeOffset RegisteredAt);
