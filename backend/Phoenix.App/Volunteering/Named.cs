namespace Phoenix.App.Volunteering;

/// <summary>Somebody as neighbours know them.</summary>
/// <param name="MemberId">The pseudonym.</param>
/// <param name="Name">What the neighbours call them.</param>
public sealed record Named(Guid MemberId, string Name);
