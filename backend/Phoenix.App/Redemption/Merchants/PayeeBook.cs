using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Reads and writes merchants' accounts; the only place that opens them.</summary>
internal sealed class PayeeBook(PhoenixDb db, KeyRing keys, IApprovals approvals, Clock clock, IIds ids) : IMerchantPayees
{
    /// <summary>The digits of a number as somebody typed it, without spaces; null where there is anything else.</summary>
    public static string? DigitsOf(string typed)
    {
        var text = typed.Replace(" ", "", StringComparison.Ordinal);
        return text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>An id for <see cref="Add"/>.</summary>
    public Guid NewId() => ids.New();

    /// <summary>Adds an account that waits.</summary>
    public void Add(Guid id, Guid merchant, string accountName, string accountNumber, string bankName, Guid setBy, Guid approval) => db.Add(new MerchantPayee
    {
        CommunityId = db.Scope.CommunityId,
        Id = id,
        MerchantId = merchant,
        AccountName = keys.Encrypt(accountName, MerchantPayee.Place(id, "account_name")),
        AccountNumber = keys.Encrypt(accountNumber, MerchantPayee.Place(id, "account_number")),
        BankName = keys.Encrypt(bankName, MerchantPayee.Place(id, "bank_name")),
        SetBy = setBy,
        SetAt = clock.Now,
        ApprovalId = approval,
    });

    /// <summary>The account is confirmed.</summary>
    public void Confirm(MerchantPayee payee) => payee.ConfirmedAt = clock.Now;

    /// <summary>Another took its place, or it came to nothing.</summary>
    public void End(MerchantPayee payee) => payee.EndedAt = clock.Now;

    /// <summary>The confirmed account and the one that waits; one that the treasurer refused or let lapse waits no more.</summary>
    public async Task<(MerchantPayee? Confirmed, MerchantPayee? Waiting)> Of(Guid merchant, CancellationToken cancel)
    {
        var rows = await db.Set<MerchantPayee>().AsNoTracking().Where(p => p.MerchantId == merchant && p.EndedAt == null).ToListAsync(cancel);
        var waiting = rows.Find(p => p.ConfirmedAt is null);
        return (rows.Find(p => p.ConfirmedAt is not null), waiting is not null && await approvals.IsPending(waiting.ApprovalId, cancel) ? waiting : null);
    }

    /// <summary>Both, masked.</summary>
    public async Task<ShowPayee.Response> Show(Guid merchant, CancellationToken cancel)
    {
        var (confirmed, waiting) = await Of(merchant, cancel);
        return new ShowPayee.Response(confirmed is null ? null : Masked(confirmed), waiting is null ? null : Masked(waiting));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, Guid>> Confirmed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel) =>
        await db.Set<MerchantPayee>().AsNoTracking().Where(p => merchantIds.Contains(p.MerchantId) && p.ConfirmedAt != null && p.EndedAt == null)
            .ToDictionaryAsync(p => p.MerchantId, p => p.Id, cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, Payee>> Versions(IReadOnlyCollection<Guid> payeeIds, CancellationToken cancel) =>
        await db.Set<MerchantPayee>().AsNoTracking().Where(p => payeeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, Open, cancel);

    /// <summary>The account, readable.</summary>
    public Payee Open(MerchantPayee row) => new(
        row.Id,
        keys.Decrypt(row.AccountName, MerchantPayee.Place(row.Id, "account_name")),
        keys.Decrypt(row.AccountNumber, MerchantPayee.Place(row.Id, "account_number")),
        keys.Decrypt(row.BankName, MerchantPayee.Place(row.Id, "bank_name")));

    /// <summary>Makes a row's columns anew with the current key.</summary>
    public static void Renew(MerchantPayee row, KeyRing keys)
    {
        string Again(string text, string column) => keys.Encrypt(keys.Decrypt(text, MerchantPayee.Place(row.Id, column)), MerchantPayee.Place(row.Id, column));
        (row.AccountName, row.AccountNumber, row.BankName) = (Again(row.AccountName, "account_name"), Again(row.AccountNumber, "account_number"), Again(row.BankName, "bank_name"));
    }

    private ShowPayee.Account Masked(MerchantPayee row)
    {
        var open = Open(row);
        return new ShowPayee.Account($"{open.AccountName.EnumerateRunes().First()}**", $"****{open.AccountNumber[^4..]}", open.BankName, row.SetAt, row.ConfirmedAt);
    }
}
