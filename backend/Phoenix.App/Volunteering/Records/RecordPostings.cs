using System.Globalization;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.App.Volunteering.Records;

/// <summary>The coins of records, as postings. Their request ids follow from the record's version, so that each is made once and found again.</summary>
internal static class RecordPostings
{
    /// <summary>The request id of a version's coins.</summary>
    public static Guid IdOf(ServiceRecord version) => RequestIds.Of(version.CommunityId, $"service-record:{version.Id:N}");

    /// <summary>What a version of a record earned; null for none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="today">The community's day of the posting: the coins last to the end of the next calendar year.</param>
    /// <param name="coins">How many are issued: the version's, less what an earlier version still owes.</param>
    public static LedgerRequest? Issue(ServiceRecord version, DateOnly today, long coins) => coins == 0 ? null : new LedgerRequest(
        version.CommunityId,
        IdOf(version),
        version.WrittenBy,
        "record.write",
        new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(version.MemberId, new DateOnly(today.Year + 1, 12, 31)), coins)
        {
            Ref = $"record:{version.RecordId:N}",
            Rule = version.CoinRuleVersion is { } rule ? $"coin-rule/{rule}" : "",
            Reason = string.Create(CultureInfo.InvariantCulture, $"{version.ActivityName} {version.Minutes / 60m:0.##} 小时"),
        });

    /// <summary>The request id of taking a version's coins back.</summary>
    public static Guid ReversalIdOf(ServiceRecord version) => RequestIds.Of(version.CommunityId, $"service-record-reverse:{version.Id:N}");

    /// <summary>Takes a version's coins back.</summary>
    /// <param name="version">The version for which they were posted.</param>
    /// <param name="seq">Where its coins stand in the journal.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="reason">Why, in words.</param>
    public static LedgerRequest Reverse(ServiceRecord version, long seq, Guid actor, string? reason) => new(
        version.CommunityId, ReversalIdOf(version), actor, "record.reverse", new Reverse(seq) { Ref = $"record:{version.RecordId:N}", Reason = reason });
}
