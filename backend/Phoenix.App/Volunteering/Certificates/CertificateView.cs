namespace Phoenix.App.Volunteering.Certificates;

/// <summary>A certificate as its holder sees it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="From">The period's first day.</param>
/// <param name="To">The period's last day.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="Minutes">Minutes in all.</param>
/// <param name="Records">Records on it.</param>
/// <param name="ShowName">Whether the public page shows the whole name.</param>
/// <param name="ShowLines">Whether the public page shows the records.</param>
/// <param name="VerifyUrl">The public page.</param>
/// <param name="IsValid">Whether it counts: every record on it stands as it was.</param>
public sealed record CertificateView(
    string Number, CertificateKind Kind, DateOnly From, DateOnly To, DateTimeOffset IssuedAt, int Minutes, int Records, bool ShowName, bool ShowLines, string VerifyUrl, bool IsValid)
{
    /// <summary>A certificate to be shown.</summary>
    internal static CertificateView Of(Certificate c, string verifyUrl, bool isValid) => new(
        c.Number, c.Kind, c.FirstDay, c.LastDay, c.IssuedAt, c.Minutes, c.LineCount, c.ShowName, c.ShowLines, verifyUrl, isValid);
}
