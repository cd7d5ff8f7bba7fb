using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Confirming;

/// <summary>Every hour: merchants that said nothing are reminded after 3 and 5 working days; after the named date silence is a yes where the policy says so; staff are told of answers that are late.</summary>
public sealed class CareForStatements(ICommunities communities) : ISweep
{
    /// <inheritdoc />
    public string Name => "settlement.care";

    /// <inheritdoc />
    public string Cron => "10 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each((services, _) => services.GetRequiredService<Handler>().Run(cancel), cancel);

    /// <summary>Does it in the community in scope.</summary>
    public sealed class Handler(
        PhoenixDb db, UnitOfWork work, StatementDesk desk, IMerchantDirectory merchants, INotifications notifications, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>Statements of one transaction.</summary>
        public const int Batch = 50;

        /// <summary>Reminds, takes silence for a yes, tells staff.</summary>
        public async Task Run(CancellationToken cancel)
        {
            foreach (var step in (Func<CancellationToken, Task<int>>[])[Remind, TakeSilence, TellLate])
            {
                int done;
                do
                {
                    done = 0;
                    await work.Job(async () => done = await step(cancel), cancel);
                }
                while (done == Batch);
            }
        }

        private async Task<int> Remind(CancellationToken cancel)
        {
            var today = calendar.Time.DayOf(clock.Now);
            var due = await db.Set<Statement>().Where(s => (s.State == StatementState.Sent || s.State == StatementState.Disputed) && s.ConfirmedAt == null && s.RemindOn <= today)
                .OrderBy(s => s.RemindOn).ThenBy(s => s.Id).Take(Batch).ToListAsync(cancel);
            var heads = await merchants.Of([.. due.Select(s => s.MerchantId)], cancel);
            foreach (var statement in due)
            {
                var sent = calendar.Time.DayOf(statement.SentAt!.Value);
                var days = await calendar.WorkingDays(sent, sent.AddDays(5 * SettlementPolicy.MaxConfirmDays), cancel);
                statement.Reminders++;
                statement.RemindOn = SettlementPolicy.RemindAfterDays.Skip(statement.Reminders).Select(after => (DateOnly?)days.Add(sent, after)).FirstOrDefault();
                statement.Revision++;
                if (statement.ConfirmBy >= today)
                    await notifications.TellAll(
                        [.. heads[statement.MerchantId].Owners.Select(owner => new Notice(
                            owner, $"statement-reminder:{statement.Id:N}:{statement.Reminders}", new StatementReminder(statement.Month, statement.Captures, statement.ConfirmBy.Value), Statement.PageOf(statement.Id)))],
                        cancel);
            }

            return due.Count;
        }

        private async Task<int> TakeSilence(CancellationToken cancel)
        {
            var today = calendar.Time.DayOf(clock.Now);
            var silent = await db.Set<SettlementPolicy>().Where(p => p.IsSilenceConsent).Select(p => p.Version).ToListAsync(cancel);
            if (SettlementPolicy.First(db.Scope.CommunityId).IsSilenceConsent)
                silent.Add(0);
            var due = await db.Set<Statement>().Where(s => (s.State == StatementState.Sent || s.State == StatementState.Disputed) && s.ConfirmedAt == null && s.ConfirmBy < today && silent.Contains(s.PolicyVersion))
                .OrderBy(s => s.ConfirmBy).ThenBy(s => s.Id).Take(Batch).ToListAsync(cancel);
            foreach (var statement in due)
                await desk.Confirm(statement, null, cancel);
            return due.Count;
        }

        private async Task<int> TellLate(CancellationToken cancel)
        {
            var today = calendar.Time.DayOf(clock.Now);
            var late = await db.Set<LineDispute>().Where(d => d.State == DoubtState.Open && d.AnswerBy < today && !d.IsOverdueTold).OrderBy(d => d.AnswerBy).ThenBy(d => d.Id).Take(Batch).ToListAsync(cancel);
            var heads = await merchants.Of([.. late.Select(d => d.MerchantId)], cancel);
            foreach (var dispute in late)
            {
                dispute.IsOverdueTold = true;
                await notifications.TellHolders(
                    [Role.Staff, Role.Treasurer], [], $"line-dispute-late:{dispute.Id:N}",
                    new ApprovalWaiting($"{heads[dispute.MerchantId].Name}对账单的疑问过了答复期限", heads[dispute.MerchantId].Name, dispute.AskedAt), StaffPageOf(dispute.StatementId), cancel);
            }

            return late.Count;
        }

        private static string StaffPageOf(Guid statement) => $"packages/staff/statement/statement?id={statement}";
    }
}
