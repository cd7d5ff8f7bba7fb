using System.Diagnostics.CodeAnalysis;

namespace Phoenix.Platform.Results;

/// <summary>Either a value or an <see cref="Error"/>; what every use case returns.</summary>
/// <typeparam name="T">The value of a success.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Error? _error;

    private Result(T? value, Error? error)
    {
        _value = value;
        _error = error;
    }

    /// <summary>Whether there is a value.</summary>
    public bool IsOk => _error is null;

    /// <summary>The refusal, or null.</summary>
    public Error? Error => _error;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">This is a refusal: asking for its value is a bug.</exception>
    public T Value => _error is null ? _value! : throw new InvalidOperationException($"A refusal has no value: {_error.Code}");

    /// <summary>Takes the value, or gives the refusal to be passed on.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = _error;
        return _error is null;
    }

    /// <summary>The value through <paramref name="map"/>; a refusal stays the same refusal.</summary>
    public Result<TOut> Map<TOut>(Func<T, TOut> map) => _error is null ? map(_value!) : _error;

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <inheritdoc />
    public override string ToString() => _error is null ? $"Ok({_value})" : $"Refused({_error.Code})";
}
