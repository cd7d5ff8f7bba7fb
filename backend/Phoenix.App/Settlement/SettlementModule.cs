using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Settlement.Closing;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Papers;
using Phoenix.App.Settlement.Payouts;

namespace Phoenix.App.Settlement;

/// <summary>Merchants' months: closed into statements, confirmed or disputed, approved, paid by the payer outside, and settled in the ledger.</summary>
public static class SettlementModule
{
    /// <summary>Services.</summary>
    public static void AddSettlement(this IServiceCollection services)
    {
        services.AddScoped<ISettledFigures, SettledFigures>();
        services.AddScoped<IBookAudit, SettlementAudit>();
        services.AddScoped<IPostingEvidence, PaymentEvidence>();
        services.AddScoped<IPersonalData, PersonalSettlement>();
        services.AddScoped<IHandOverPart, MovePayouts>();
        services.AddScoped<IDigestPart, SettlementDigest>();
        services.AddScoped<DoubtBook>();
        services.AddScoped<StatementDesk>();
        services.AddScoped<GetStatement.Handler>();
        services.AddScoped<MonthWriter>();
        services.AddScoped<SendStatements>();
        services.AddScoped<CloseMonths.Handler>();
        services.AddScoped<ISweep, CloseMonths>();
        services.AddScoped<CareForStatements.Handler>();
        services.AddScoped<ISweep, CareForStatements>();
        services.AddScoped<ConfirmStatement.Handler>();
        services.AddScoped<DisputeLine.Handler>();
        services.AddScoped<AnswerLineDispute.Handler>();
        services.AddScoped<SetSettlementPolicy.Handler>();
        services.AddScoped<IApprovalKind, SetSettlementPolicy.Approved>();
        services.AddScoped<PreparePayout.Handler>();
        services.AddScoped<IApprovalKind, PreparePayout.Approved>();
        services.AddScoped<MovePayout.Handler>();
        services.AddScoped<RecordPayments.Handler>();
        services.AddScoped<StatementPapers>();
        services.AddScoped<PayoutPapers>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapSettlement(this IEndpointRouteBuilder community)
    {
        ListStatements.Map(community);
        GetStatement.Map(community);
        ConfirmStatement.Map(community);
        DisputeLine.Map(community);
        AnswerLineDispute.Map(community);
        SetSettlementPolicy.Map(community);
        PreparePayout.Map(community);
        ListPayouts.Map(community);
        MovePayout.Map(community);
        RecordPayments.Map(community);
        GetStatementPapers.Map(community);
        GetPayoutPapers.Map(community);
        GetMonthArchive.Map(community);
    }
}
