using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>Carries a refusal out of a place that can't return one: parameter binding. Handlers return their refusals.</summary>
public sealed class RefusedException(Error error) : Exception(error.Code)
{
    /// <summary>The refusal.</summary>
    public Error Error { get; } = error;
}
