namespace Phoenix.App.Identity.Privacy;

/// <summary>The log's words for looks at somebody's data, which the person sees.</summary>
internal static class LookActions
{
    /// <summary>A field in the clear.</summary>
    public const string Revealed = "field.revealed";

    /// <summary>Found by phone number.</summary>
    public const string Searched = "phone.searched";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Revealed, Searched, People.LookAction];
}
