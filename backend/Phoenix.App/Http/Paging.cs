using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>Which page is asked for. Routes take it with <c>[AsParameters]</c>.</summary>
/// <param name="Cursor">The <c>next</c> of the page before; absent for the first page.</param>
/// <param name="Limit">How many items at most, 1 to 100; 20 when absent.</param>
public readonly record struct PageQuery([property: FromQuery(Name = "cursor")] string? Cursor = null, [property: FromQuery(Name = "limit")] int? Limit = null)
{
    /// <summary>Most items of a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>Items of a page when the client doesn't say.</summary>
    public const int DefaultLimit = 20;

    private const int MaxCursorLength = 256;

    /// <summary>Reads the cursor as the key of the last item seen.</summary>
    /// <typeparam name="TKey">The sort key's shape, as given to <see cref="Page.Of{TItem,TKey}"/>.</typeparam>
    /// <returns>The key to go on after (default for the first page) and the page's size, or <see cref="BadPage"/>.</returns>
    public Result<(TKey? After, int Limit)> Read<TKey>()
    {
        var limit = Limit ?? DefaultLimit;
        if (limit is < 1 or > MaxLimit)
            return new BadPage();
        if (Cursor is null)
            return (default(TKey), limit);
        if (Cursor.Length > MaxCursorLength || !Base64Url.IsValid(Cursor))
            return new BadPage();
        try
        {
            return (JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(Cursor), PhoenixJson.Options), limit);
        }
        catch (JsonException)
        {
            return new BadPage();
        }
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most the asked-for number.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>A page from rows read with <c>Take(limit + 1)</c>: the one too many says that there is a next page.</summary>
    public static Page<TItem> Of<TItem, TKey>(IReadOnlyList<TItem> rows, int limit, Func<TItem, TKey> key) => rows.Count <= limit
        ? new Page<TItem>(rows, null)
        : new Page<TItem>([.. rows.Take(limit)], Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key(rows[limit - 1]), PhoenixJson.Options)));
}
