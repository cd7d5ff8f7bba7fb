using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Schema;

/// <summary>The ledger's tables. The App's migrations execute <see cref="Sql"/> as the owner's role and <see cref="Grants"/> for the serving role.</summary>
public static class LedgerSchema
{
    /// <summary>The version <see cref="Sql"/> makes; later versions are further scripts, never changes of an old one.</summary>
    public const int Version = 1;

    /// <summary>The script that makes version 1 on an empty database. Statements end with <c>;</c>; triggers and functions contain some too, so run it whole.</summary>
    public static string Sql(DatabaseKind kind)
    {
        var name = kind == DatabaseKind.PostgreSql ? "0001.pg.sql" : "0001.lite.sql";
        using var stream = typeof(LedgerSchema).Assembly.GetManifestResourceStream($"Phoenix.Ledger.Schema.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Opens a community's journal; does nothing when it is open. For the transaction that makes the community.</summary>
    public static string OpenCommunity(int community) =>
        $"insert into ledger_heads (community) values ({community}) on conflict (community) do nothing";

    /// <summary>
    /// PostgreSQL: what the serving role may do. It adds rows, and changes only the columns that are meant to change; it owns nothing, so it can't
    /// drop or disable the triggers.
    /// </summary>
    /// <param name="role">The role's name; letters, digits and underscores.</param>
    /// <exception cref="ArgumentException">Another character in the name.</exception>
    public static string Grants(string role)
    {
        if (role.Length is 0 or > 63 || !role.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("a role's name has letters, digits and underscores", nameof(role));
        return $"""
            grant select, insert on ledger_heads, ledger_accounts, ledger_postings, ledger_legs, ledger_texts, ledger_reversals,
              ledger_holds, ledger_hold_legs, ledger_hold_resolutions, ledger_counters to "{role}";
            grant update (seq, hash, at_ms, accounts, issue_frozen, redeem_frozen, grace_days) on ledger_heads to "{role}";
            grant update (balance, seq) on ledger_accounts to "{role}";
            grant update (expires_at_ms, extended, captured, refunded, resolved, seq) on ledger_holds to "{role}";
            grant update (used, cap) on ledger_counters to "{role}";
            grant update (salt, text) on ledger_texts to "{role}";
            grant execute on function ledger_assert(bigint, bigint) to "{role}";
            """;
    }
}
