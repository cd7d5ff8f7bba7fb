namespace Phoenix.Platform.Results;

/// <summary>What kind of refusal an error is; the host maps each kind to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request itself is malformed or breaks a stated limit (400).</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the session is over (401).</summary>
    Unauthenticated,

    /// <summary>The caller may not do this (403).</summary>
    Forbidden,

    /// <summary>There is no such thing here, or the caller may not know of it (404).</summary>
    NotFound,

    /// <summary>The method does not exist at this address (405).</summary>
    MethodNotAllowed,

    /// <summary>The state of things does not allow it (409).</summary>
    Conflict,

    /// <summary>It was here and is over: an expired link or code (410).</summary>
    Gone,

    /// <summary>More bytes than the limit of this address (413).</summary>
    TooLarge,

    /// <summary>A content type that this address does not take (415).</summary>
    UnsupportedType,

    /// <summary>A rate limit is reached (429, with Retry-After).</summary>
    TooMany,

    /// <summary>The caller went away before the answer was ready (499, as nginx logs it).</summary>
    Cancelled,

    /// <summary>A mistake of ours (500).</summary>
    Bug,

    /// <summary>Something we need is away; nothing was done; try again (503, with Retry-After).</summary>
    Unavailable,
}

/// <summary>
/// An expected refusal. Modules derive one sealed record per refusal in their <c>Errors.cs</c>; handlers return them, and the host
/// maps them once to a ProblemDetails (RFC 9457). Exceptions mean bugs or lost infrastructure, never refusals.
/// </summary>
/// <param name="Code">Stable, lower-case, dotted: <c>area.reason</c>. Clients branch on it; it never changes.</param>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Message">One Chinese sentence that says what the person can do now. Shown as it is.</param>
public abstract record Error(string Code, ErrorKind Kind, string Message)
{
    /// <summary>How long to wait before trying again; sent as Retry-After, in whole seconds, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was wrong, field by field (the JSON path → Chinese sentences), for <see cref="ErrorKind.Invalid"/>.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }
}
