using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>An item is handed out: to a member, to the holder of a card, or to somebody with a name and a phone. Never to oneself or one's family.</summary>
public static class LendEquipment
{
    /// <summary>To whom and until when; one of the first three.</summary>
    /// <param name="DueOn">The last day, from today to 30 days from today.</param>
    /// <param name="MemberId">A member.</param>
    /// <param name="CardCode">The number on a member's card.</param>
    /// <param name="Borrower">Somebody who isn't a member.</param>
    public sealed record Request(DateOnly DueOn, Guid? MemberId = null, string? CardCode = null, LoanBorrower? Borrower = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        private const int MaxCardLength = 64;

        /// <summary>One borrower.</summary>
        public Limits()
        {
            RuleFor(r => r.MemberId).Must((r, _) => (r.MemberId is null ? 0 : 1) + (string.IsNullOrWhiteSpace(r.CardCode) ? 0 : 1) + (r.Borrower is null ? 0 : 1) == 1)
                .WithMessage("请选一位居民、扫一张卡，或登记姓名和电话。").WithName("借给谁");
            RuleFor(r => r.CardCode).MaximumLength(MaxCardLength).WithName("卡号");
            RuleFor(r => r.Borrower!).SetValidator(new LoanBorrower.Limits()).When(r => r.Borrower is not null);
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/equipment/{id:guid}/loans", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Leader).WithName("lendEquipment").WithSummary("借出器材");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, EquipmentDesk desk, EquipmentReader reader, LoanNotices notices, IPeople people, ICards cards, IContentCheck content, KeyRing keys, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>
        /// The item with its loan, or <see cref="UnknownEquipment"/>, <see cref="EquipmentStateWrong"/>, <see cref="EquipmentOut"/>, <see cref="BorrowerUnknown"/>,
        /// <see cref="LoanNeedsGuardian"/>, <see cref="OwnLoan"/>, <see cref="TooManyLoans"/>, <see cref="LoanDayWrong"/>, as <see cref="ICards.Holder"/>, or what the check of the name refuses.
        /// </summary>
        public async Task<Result<EquipmentView>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<EquipmentView>(requestId, cancel) is { } before)
                return before;
            if (body.Borrower is { } named && (await content.Text(caller.PersonId, ContentScene.Comment, [named.Name], cancel)).Error is { } risky)
                return risky;
            return await work.Once<EquipmentView>(requestId, async () =>
            {
                if (!(await desk.Lock(id, cancel)).TryGet(out var item, out var error))
                    return error;
                if (await desk.OpenLoan(id, cancel) is not null)
                    return new EquipmentOut();
                if (item.State != EquipmentState.Ready)
                    return new EquipmentStateWrong(EquipmentWords.Of(item.State));
                if (!EquipmentDesk.IsDueDay(body.DueOn, reader.Today))
                    return new LoanDayWrong();
                Guid? member = null;
                if (body.Borrower is null)
                {
                    if (!(await Member(body, caller, cancel)).TryGet(out var borrower, out var unfit))
                        return unfit;
                    member = borrower;
                }

                var loan = Add(item, member, body, caller);
                audit.Write("equipment.lent", $"equipment:{id:N}", member);
                await notices.Lent(loan, item, cancel);
                return await reader.Show(item, loan, caller, cancel);
            }, cancel);
        }

        private async Task<Result<Guid>> Member(Request body, Caller caller, CancellationToken cancel)
        {
            var member = body.MemberId;
            if (body.CardCode is { } card)
            {
                if (!(await cards.Holder(card, caller.PersonId, cancel)).TryGet(out var holder, out var unread))
                    return unread;
                member = holder.MemberId;
            }

            if ((await people.OfMembers([member!.Value], cancel)).GetValueOrDefault(member.Value) is not { HasLeft: false } head)
                return new BorrowerUnknown();
            if ((await people.MinorsAmong([head.PersonId], reader.Today, cancel)).Count > 0)
                return new LoanNeedsGuardian();
            if ((await desk.Own(caller.PersonId, cancel)).Contains(head.PersonId))
                return new OwnLoan();
            if (await db.Set<EquipmentLoan>().CountAsync(l => l.BorrowerId == head.PersonId && l.ReturnedAt == null, cancel) >= EquipmentLoan.MaxOpen)
                return new TooManyLoans();
            return head.PersonId;
        }

        private EquipmentLoan Add(EquipmentItem item, Guid? member, Request body, Caller caller)
        {
            var loan = new EquipmentLoan { CommunityId = item.CommunityId, Id = ids.New(), ItemId = item.Id, BorrowerId = member, LentAt = clock.Now, LentBy = caller.PersonId };
            loan.Until(body.DueOn, reader.Today);
            if (body.Borrower is { } borrower)
                loan.Seal(keys, borrower.Trimmed());
            db.Add(loan);
            return loan;
        }
    }
}
