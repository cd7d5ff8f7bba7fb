using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Closing;

/// <summary>Statements that were made go to their merchants: the last day for confirming is fixed by the policy in force and told with it.</summary>
public sealed class SendStatements(PhoenixDb db, UnitOfWork work, IMerchantDirectory merchants, INotifications notifications, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>Statements of one transaction.</summary>
    public const int Batch = 50;

    /// <summary>Sends what waits in the community in scope.</summary>
    public async Task Run(CancellationToken cancel)
    {
        int sent;
        do
        {
            sent = 0;
            await work.Job(async () => sent = await Send(cancel), cancel);
        }
        while (sent == Batch);
    }

    private async Task<int> Send(CancellationToken cancel)
    {
        var drafts = await db.Set<Statement>().Where(s => s.State == StatementState.Draft).OrderBy(s => s.Period).ThenBy(s => s.Id).Take(Batch).ToListAsync(cancel);
        if (drafts.Count == 0)
            return 0;
        var policy = await SettlementPolicy.Current(db, cancel);
        var today = calendar.Time.DayOf(clock.Now);
        var days = await calendar.WorkingDays(today, today.AddDays(5 * SettlementPolicy.MaxConfirmDays), cancel);
        var heads = await merchants.Of([.. drafts.Select(s => s.MerchantId)], cancel);
        var notices = new List<Notice>();
        foreach (var statement in drafts)
        {
            var confirmBy = days.Add(today, policy.ConfirmWithinDays);
            (statement.State, statement.SentAt, statement.PolicyVersion, statement.ConfirmBy) = (StatementState.Sent, clock.Now, policy.Version, confirmBy);
            (statement.RemindOn, statement.Revision) = (days.Add(today, SettlementPolicy.RemindAfterDays[0]), statement.Revision + 1);
            notices.AddRange(heads[statement.MerchantId].Owners.Select(owner =>
                new Notice(owner, $"statement:{statement.Id:N}", new StatementReady(statement.Month, statement.Captures, confirmBy, policy.AnswerWithinDays), Statement.PageOf(statement.Id))));
        }

        foreach (var some in notices.Chunk(NoticeLimits.Batch))
            await notifications.TellAll(some, cancel);
        return drafts.Count;
    }
}
