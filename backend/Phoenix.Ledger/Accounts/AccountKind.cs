namespace Phoenix.Ledger.Accounts;

/// <summary>What an account is for. The number is stored; the name in the journal is <c>AccountKinds.NameOf</c>.</summary>
public enum AccountKind : short
{
    /// <summary>Where coins come from and go back to: the only coin account below zero; its balance is minus the coins in existence.</summary>
    Issuance = 1,

    /// <summary>One lot of a member: the coins that expire on one date.</summary>
    Member = 2,

    /// <summary>Coins set aside by open holds; its balance is the sum of what those holds hold.</summary>
    Held = 3,

    /// <summary>A community pool (爱心池).</summary>
    Pool = 4,

    /// <summary>What a merchant has received and not been settled for.</summary>
    Merchant = 5,

    /// <summary>Coins that were settled with merchants.</summary>
    Settled = 6,

    /// <summary>Coins that expired.</summary>
    Expired = 7,

    /// <summary>The world outside of the fund: where fen come from and are paid to; may be below zero.</summary>
    External = 8,

    /// <summary>The fund's cash.</summary>
    Cash = 9,

    /// <summary>What the fund owes (per payee or purpose).</summary>
    Payable = 10,

    /// <summary>What the fund set aside for a purpose.</summary>
    Reserve = 11,
}

/// <summary>Names and floors of the account kinds.</summary>
public static class AccountKinds
{
    /// <summary>The lowest floor and highest balance of any account, in units: 2^62 leaves room for a sum of two without overflow.</summary>
    public const long MaxBalance = 1L << 62;

    /// <summary>The kind's name in the journal: lower case, stable for ever.</summary>
    public static string NameOf(AccountKind kind) => kind switch
    {
        AccountKind.Issuance => "issuance",
        AccountKind.Member => "member",
        AccountKind.Held => "held",
        AccountKind.Pool => "pool",
        AccountKind.Merchant => "merchant",
        AccountKind.Settled => "settled",
        AccountKind.Expired => "expired",
        AccountKind.External => "external",
        AccountKind.Cash => "cash",
        AccountKind.Payable => "payable",
        AccountKind.Reserve => "reserve",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such account kind"),
    };

    /// <summary>The kind with this journal name, or null.</summary>
    public static AccountKind? Parse(string name)
    {
        foreach (var kind in Enum.GetValues<AccountKind>())
            if (string.Equals(NameOf(kind), name, StringComparison.Ordinal))
                return kind;
        return null;
    }

    /// <summary>The floor an account of this kind gets when a posting opens it, in units.</summary>
    public static long FloorOf(AccountKind kind) => kind is AccountKind.Issuance or AccountKind.External ? -MaxBalance : 0;

    /// <summary>The asset's name in the journal.</summary>
    public static string NameOf(Asset asset) => asset switch
    {
        Asset.Coin => "coin",
        Asset.Fen => "fen",
        _ => throw new ArgumentOutOfRangeException(nameof(asset), asset, "no such asset"),
    };

    /// <summary>The asset with this journal name, or null.</summary>
    public static Asset? ParseAsset(string name) => name switch { "coin" => Asset.Coin, "fen" => Asset.Fen, _ => null };
}
