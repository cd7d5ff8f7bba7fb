using Phoenix.App.Community;

namespace Phoenix.App.Identity.Members;

/// <summary>A membership as its holder sees it.</summary>
/// <param name="MemberId">The id under which other members know the person here.</param>
/// <param name="DisplayName">As neighbours see it.</param>
/// <param name="Building">Where the person lives; null where not said.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="DocumentsToAccept">New versions to accept before going on; mostly empty.</param>
public sealed record Membership(Guid MemberId, string DisplayName, string? Building, DateTimeOffset JoinedAt, IReadOnlyList<DocumentHead> DocumentsToAccept)
{
    /// <summary>The building as stored: trimmed; blank means not said.</summary>
    internal static string? BuildingOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
