using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>Which fields each kind of posting has, and has not.</summary>
internal static class PostingForm
{
    public static Finding? Check(PostingLine p) =>
        Has("subject", p.Subject is not null, NeedsSubject(p.Kind))
        ?? Has("until", p.UntilMs is not null, p.Kind is PostingKind.Hold or PostingKind.Extend)
        ?? Has("extra", p.Extra.Length > 0, p.Kind == PostingKind.Policy)
        ?? (p.Kind == PostingKind.Reverse ? null : Has("shortfall", p.Shortfall is not null, false))
        ?? CheckLegs(p)
        ?? CheckOpened(p);

    /// <summary>Whether the kind moves nothing.</summary>
    public static bool IsLegless(PostingKind kind) => kind is PostingKind.Extend or PostingKind.Open or PostingKind.Policy;

    private static bool NeedsSubject(PostingKind kind) => kind is PostingKind.Reverse or (>= PostingKind.Hold and <= PostingKind.Refund);

    private static Finding? Has(string field, bool has, bool must)
    {
        if (has == must)
            return null;
        return must ? FormFindings.FieldMissing(field) : FormFindings.FieldNotAllowed(field);
    }

    private static Finding? CheckLegs(PostingLine p)
    {
        for (var i = 0; i < p.Legs.Count; i++)
            if (p.Legs[i].N != i + 1)
                return BookFindings.LegNumber();
        return p.Kind == PostingKind.Reverse ? null : Has("legs", p.Legs.Count > 0, !IsLegless(p.Kind));
    }

    private static Finding? CheckOpened(PostingLine p) => p.Kind switch
    {
        PostingKind.Open => p.Opened.Count == 1 ? null : FormFindings.FieldMissing("opened"),
        PostingKind.Extend or PostingKind.Policy => Has("opened", p.Opened.Count > 0, false),
        _ => null,
    };
}
