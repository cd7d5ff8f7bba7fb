using System.Data.Common;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund;

/// <summary>The treasurer names what is in the fund when the community begins, with its evidence; a member of staff approves, and it is posted. Once.</summary>
public static class OpenFund
{
    /// <summary>What is there.</summary>
    /// <param name="AmountFen">In fen, 1 to <see cref="FundContribution.MaxFen"/>.</param>
    /// <param name="Evidence">The charity's name, filing and receipt numbers; 2 to 200 characters.</param>
    public sealed record Request(long AmountFen, string Evidence);

    /// <summary>What came of it.</summary>
    /// <param name="ApprovalId">The proposal that waits for a second person.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>An amount and its evidence.</summary>
        public Limits()
        {
            RuleFor(r => r.AmountFen).InclusiveBetween(1, FundContribution.MaxFen).WithName("金额");
            RuleFor(r => r.Evidence).NotEmpty().Length(2, FundContribution.MaxEvidenceLength).WithName("凭据");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/fund/opening", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer)
        .WithName("openFund").WithSummary("登记期初资金");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IApprovals approvals)
    {
        /// <summary>The proposal, or <see cref="FundOpened"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<FundContribution>().AnyAsync(c => c.IsOpening, cancel))
                return new FundOpened();
            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, "fund:opening", $"登记期初资金 {Yuan.Of(body.AmountFen)} 元",
                    JsonSerializer.Serialize(body, PhoenixJson.Options), Role.Staff, caller.PersonId, null, body.Evidence),
                cancel);
            return proposed.TryGet(out var id, out var error) ? new Response(id) : error;
        }, cancel);
    }

    /// <summary>The posting, in a transaction of the caller's: from the world outside into the fund's cash. Its request id is the community's one opening.</summary>
    internal static Task<Result<IReadOnlyList<Posted>>> Post(
        LedgerPoster poster, DbConnection connection, DbTransaction transaction, int community, Guid actor, long amountFen, string evidence, CancellationToken cancel)
    {
        var move = new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.External, Asset.Fen), AccountKey.Of(AccountKind.Cash, Asset.Fen), amountFen)
        {
            Ref = Approved.Name,
            Rule = "fund-opening/1",
            Reason = evidence,
        };
        return poster.PostIn(connection, transaction, [new LedgerRequest(community, RequestIds.Of(community, Approved.Name), actor, Approved.Name, move)], cancel);
    }

    /// <summary>Posts what the second person approved.</summary>
    internal sealed class Approved(PhoenixDb db, LedgerPoster poster, IPeople people, IIds ids, Clock clock) : IApprovalKind
    {
        public const string Name = "fund.opening";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            if (await db.Set<FundContribution>().AnyAsync(c => c.IsOpening, cancel))
                return new FundOpened();
            var (community, opening) = (db.Scope.CommunityId, JsonSerializer.Deserialize<Request>(payload, PhoenixJson.Options)!);
            var actor = (await people.OfPersons([maker], cancel)).GetValueOrDefault(maker)?.MemberId ?? Guid.Empty;
            var posted = await Post(poster, db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), community, actor, opening.AmountFen, opening.Evidence, cancel);
            if (!posted.TryGet(out var receipts, out var error))
                return error;
            db.Add(new FundContribution
            {
                CommunityId = community,
                Id = ids.New(),
                IsOpening = true,
                AmountFen = opening.AmountFen,
                Evidence = opening.Evidence,
                PostingSeq = receipts[0].First.Seq,
                MakerId = maker,
                CreatedAt = clock.Now,
            });
            return null;
        }
    }
}
