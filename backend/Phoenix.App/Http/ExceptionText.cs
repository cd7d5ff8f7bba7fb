using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Phoenix.App.Http;

/// <summary>An exception as it may be logged: types, places and database codes. Never its message, which may quote what a resident wrote.</summary>
public static class ExceptionText
{
    /// <summary>Most exceptions in a chain that are told.</summary>
    public const int MaxDepth = 8;

    /// <summary>The exception and what it wraps, outermost first.</summary>
    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var e = exception; e is not null && depth < MaxDepth; e = e.InnerException, depth++)
        {
            var code = e switch
            {
                PostgresException p => $" {p.SqlState} {p.ConstraintName}",
                SqliteException s => $" {s.SqliteExtendedErrorCode}",
                _ => "",
            };
            text.Append(depth == 0 ? "" : "\ncaused by ").Append(e.GetType().FullName).Append(code.TrimEnd()).Append('\n').Append(e.StackTrace);
        }

        return text.ToString();
    }
}
