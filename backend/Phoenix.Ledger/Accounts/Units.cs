namespace Phoenix.Ledger.Accounts;

/// <summary>A number of phoenix coins (枚), whole.</summary>
/// <param name="Value">How many.</param>
public readonly record struct Coins(long Value) : IComparable<Coins>
{
    /// <inheritdoc />
    public int CompareTo(Coins other) => Value.CompareTo(other.Value);

    /// <summary>The sum; overflow is a bug and throws.</summary>
    public static Coins operator +(Coins a, Coins b) => new(checked(a.Value + b.Value));

    /// <summary>The difference; overflow is a bug and throws.</summary>
    public static Coins operator -(Coins a, Coins b) => new(checked(a.Value - b.Value));

    /// <summary>Fewer.</summary>
    public static bool operator <(Coins a, Coins b) => a.Value < b.Value;

    /// <summary>More.</summary>
    public static bool operator >(Coins a, Coins b) => a.Value > b.Value;

    /// <summary>As many or fewer.</summary>
    public static bool operator <=(Coins a, Coins b) => a.Value <= b.Value;

    /// <summary>As many or more.</summary>
    public static bool operator >=(Coins a, Coins b) => a.Value >= b.Value;
}

/// <summary>An amount of renminbi in fen (1/100 yuan), whole.</summary>
/// <param name="Value">How many fen.</param>
public readonly record struct Fen(long Value) : IComparable<Fen>
{
    /// <inheritdoc />
    public int CompareTo(Fen other) => Value.CompareTo(other.Value);

    /// <summary>The sum; overflow is a bug and throws.</summary>
    public static Fen operator +(Fen a, Fen b) => new(checked(a.Value + b.Value));

    /// <summary>The difference; overflow is a bug and throws.</summary>
    public static Fen operator -(Fen a, Fen b) => new(checked(a.Value - b.Value));

    /// <summary>Less.</summary>
    public static bool operator <(Fen a, Fen b) => a.Value < b.Value;

    /// <summary>More.</summary>
    public static bool operator >(Fen a, Fen b) => a.Value > b.Value;

    /// <summary>As much or less.</summary>
    public static bool operator <=(Fen a, Fen b) => a.Value <= b.Value;

    /// <summary>As much or more.</summary>
    public static bool operator >=(Fen a, Fen b) => a.Value >= b.Value;
}
