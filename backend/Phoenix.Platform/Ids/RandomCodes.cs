namespace Phoenix.Platform.Ids;

/// <summary>Codes that people read, say and type. Not for secrets that must resist offline guessing: those are keys.</summary>
public sealed class RandomCodes(IRandomness randomness)
{
    /// <summary>Longest code this class makes, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Crockford's base 32 without the letters taken for digits (I, L, O, U): 5 bits a character.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A code of <paramref name="length"/> characters of <see cref="Alphabet"/>: 5 bits of randomness each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Length outside 1 to <see cref="MaxLength"/>.</exception>
    public string Letters(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Span<byte> bytes = stackalloc byte[length];
        randomness.Fill(bytes);
        Span<char> code = stackalloc char[length];
        for (var i = 0; i < length; i++)
            code[i] = Alphabet[bytes[i] & 31];
        return new string(code);
    }

    /// <summary>A code of <paramref name="length"/> decimal digits, each equally likely (bytes of 250 and above are drawn again).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Length outside 1 to <see cref="MaxLength"/>.</exception>
    public string Digits(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Span<char> code = stackalloc char[length];
        Span<byte> one = stackalloc byte[1];
        for (var i = 0; i < length; i++)
        {
            do
                randomness.Fill(one);
            while (one[0] >= 250);
            code[i] = (char)('0' + one[0] % 10);
        }

        return new string(code);
    }

    /// <summary>
    /// A code of <see cref="Alphabet"/> as somebody typed it, made as it was: case, spaces and hyphens don't matter, and letters that were taken for
    /// digits are those digits (O is 0; I and L are 1).
    /// </summary>
    public static string Typed(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(c => char.ToUpperInvariant(c) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    }));
}
