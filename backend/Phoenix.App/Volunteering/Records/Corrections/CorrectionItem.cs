namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>A question about a record, as whoever asked and staff see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RecordId">About which record; null for one that is missing.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="AnswerBy">The last day for the answer.</param>
/// <param name="Overdue">Whether that day is past and nobody has answered.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Answer">The answer.</param>
/// <param name="EndedAt">When it was answered or withdrawn.</param>
/// <param name="VersionId">The record's version that came of it.</param>
public sealed record CorrectionItem(
    Guid Id, Guid? RecordId, string Text, DateTimeOffset AskedAt, DateOnly AnswerBy, bool Overdue, CorrectionState State, string? Answer, DateTimeOffset? EndedAt, Guid? VersionId)
{
    /// <summary>A question as it is shown on a day.</summary>
    internal static CorrectionItem Of(Correction c, DateOnly today) => new(
        c.Id, c.RecordId, c.Text, c.AskedAt, c.AnswerBy, c.State == CorrectionState.Asked && c.AnswerBy < today, c.State, c.Answer, c.EndedAt, c.VersionId);
}
