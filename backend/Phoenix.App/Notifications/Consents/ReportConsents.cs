using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Results;

namespace Phoenix.App.Notifications.Consents;

/// <summary>The client reports what the person answered to WeChat's prompt. Only this counts as consent; WeChat's popup event would count it twice.</summary>
public static class ReportConsents
{
    /// <summary>Most templates of one prompt (WeChat: requestSubscribeMessage).</summary>
    public const int MaxAnswers = 3;

    /// <summary>The answers of one prompt.</summary>
    /// <param name="Answers">1 to 3, each template once.</param>
    public sealed record Request(IReadOnlyList<Answer> Answers);

    /// <summary>An answer.</summary>
    /// <param name="TemplateId">priTmplId.</param>
    /// <param name="Result">As the prompt gave it.</param>
    public sealed record Answer(string TemplateId, ConsentAnswer Result);

    /// <summary>What may be sent now.</summary>
    /// <param name="Balances">For each template that the account has.</param>
    public sealed record Response(IReadOnlyList<Balance> Balances);

    /// <summary>A count.</summary>
    /// <param name="TemplateId">priTmplId.</param>
    /// <param name="Messages">Messages that may be sent under it.</param>
    public sealed record Balance(string TemplateId, int Messages);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>One prompt's worth.</summary>
        public Limits()
        {
            RuleFor(r => r.Answers).Must(a => a.Count is > 0 and <= MaxAnswers).WithName("回答").WithMessage("一次最多三个模板。");
            RuleFor(r => r.Answers).Must(a => a.DistinctBy(x => x.TemplateId, StringComparer.Ordinal).Count() == a.Count).WithName("回答").WithMessage("同一个模板只能有一个回答。");
            RuleForEach(r => r.Answers).ChildRules(a => a.RuleFor(x => x.TemplateId).NotEmpty().MaximumLength(MessageConsent.MaxTemplateIdLength).WithName("模板"));
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/messages/consents", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("reportConsents").WithSummary("上报订阅结果");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, PhoenixDb db, ConsentLedger ledger, TemplateBook templates)
    {
        /// <summary>The counts as they now are. A template that the account doesn't have (any more) counts for nothing and is left out.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var known = await templates.Known(body.Answers.Select(a => a.TemplateId).ToArray(), cancel);
            // In one order, so that two reports of one person can't wait for each other.
            foreach (var answer in body.Answers.Where(a => known.Contains(a.TemplateId, StringComparer.Ordinal)).OrderBy(a => a.TemplateId, StringComparer.Ordinal))
                await ledger.Note(caller.PersonId, answer.TemplateId, answer.Result, cancel);
            await db.SaveChangesAsync(cancel);
            var balances = await ledger.Balances(caller.PersonId, known, cancel);
            return new Response([.. balances.Values.OrderBy(b => b.TemplateId, StringComparer.Ordinal).Select(b => new Balance(b.TemplateId, b.Balance))]);
        }, cancel);
    }
}
