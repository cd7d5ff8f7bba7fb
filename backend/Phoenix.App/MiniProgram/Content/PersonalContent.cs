using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.MiniProgram.Personal;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>What this module keeps about somebody: texts that wait for a decision, and numbers of device secrets.</summary>
public sealed class PersonalContent(PhoenixDb db, KeyRing keys, ICommunityCalendar calendar, Clock clock) : IPersonalData
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var waiting = await db.Set<ContentReview>().AsNoTracking().Where(r => r.AuthorId == personId && r.State == ReviewState.Waiting).OrderByDescending(r => r.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var rows = waiting.Select(r => (IReadOnlyList<string>)[$"{calendar.Time.DayOf(r.CreatedAt):yyyy-MM-dd}", r.Text is null ? "图片" : keys.Decrypt(r.Text, ContentReview.TextPlace(r.Id))]);
        return waiting.Count == 0 ? [] : [new PersonalSection("等待审核的内容", ["提交日期", "内容"], [.. rows])];
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        var now = clock.Now;
        await db.Set<ContentReview>().Where(r => r.AuthorId == personId && (r.State == ReviewState.Waiting || r.State == ReviewState.Checking))
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, ReviewState.Superseded).SetProperty(r => r.Text, (string?)null).SetProperty(r => r.DecidedAt, now), cancel);
        if (departure == Departure.Account)
            await db.Set<DeviceSecret>().Where(d => d.PersonId == personId).ExecuteDeleteAsync(cancel);
    }
}
