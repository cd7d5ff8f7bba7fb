namespace Phoenix.App.Data;

/// <summary>
/// A table's part of a key rotation: makes encrypted columns and keyed hashes anew with the current key. Every module registers one for each table that
/// has any; until a row's turn has come, look-ups ask for the hashes of every key, so nothing waits for the rotation.
/// </summary>
public interface IRotatesKeys
{
    /// <summary>The table, for the log.</summary>
    string Table { get; }

    /// <summary>Whether the table belongs to no community; the others are run once in each community's scope.</summary>
    bool IsGlobal { get; }

    /// <summary>Makes some rows anew, in one transaction of its own, so that a kill loses at most these.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>How many; fewer than <paramref name="limit"/> means that none is left.</returns>
    Task<int> Rotate(int limit, CancellationToken cancel);
}
