using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.SpotChecks;

/// <summary>随机抽 10 笔: an auditor draws service records and postings of a month. The draw is kept for ever, and stands in the log.</summary>
public static class DrawSpotCheck
{
    /// <summary>Of which month.</summary>
    /// <param name="Month">2026-11; the present one up to now.</param>
    public sealed record Request(string Month);

    /// <summary>It was drawn.</summary>
    /// <param name="Id">The draw.</param>
    /// <param name="Count">How many were drawn: ten, or all where there are fewer.</param>
    public sealed record Response(Guid Id, int Count);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A month.</summary>
        public Limits() => RuleFor(r => r.Month).NotEmpty().MaximumLength(7).WithName("月份");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/spot-checks", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Auditor)
        .WithName("drawSpotCheck").WithSummary("随机抽 10 笔");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IRecordEvidence records, JournalReader journal, IRandomness randomness, ICommunityCalendar calendar, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The draw, or <see cref="BadSpotMonth"/>, <see cref="NothingToDraw"/>.</summary>
        public async Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (Month.Parse(body.Month) is not { } month || month > calendar.Time.MonthOf(clock.Now))
                return new BadSpotMonth();
            return await work.Once(requestId, () => Draw(month, caller, cancel), cancel);
        }

        private async Task<Result<Response>> Draw(Month month, Caller caller, CancellationToken cancel)
        {
            var (from, end, now) = (calendar.Time.StartOf(month), calendar.Time.EndOf(month), clock.Now);
            // Of the present month everything up to now, this millisecond included.
            var to = end < now ? end : now.AddMilliseconds(1);
            var count = await records.Count(from, to, cancel);
            var after = (await journal.HeadBefore(db.Scope.CommunityId, from, cancel))?.Seq ?? 0;
            var through = (await journal.HeadBefore(db.Scope.CommunityId, to, cancel))?.Seq ?? 0;
            if (count == 0 && through == after)
                return new NothingToDraw();
            var check = new SpotCheck
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                Month = month.FirstDay,
                Seed = new byte[SpotDraw.SeedBytes],
                Records = count,
                AfterSeq = after,
                ThroughSeq = through,
                DrawnBy = caller.PersonId,
                DrawnAt = now,
            };
            randomness.Fill(check.Seed);
            db.Add(check);
            var items = await Items(check, from, to, cancel);
            db.AddRange(items);
            audit.Write("spot_check.drawn", $"spot-check:{check.Id:N}", reason: month.ToString());
            return new Response(check.Id, items.Count);
        }

        private async Task<List<SpotCheckItem>> Items(SpotCheck check, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
        {
            var (ofRecords, ofPostings) = SpotDraw.Shares(check.Records, check.ThroughSeq - check.AfterSeq);
            var places = SpotDraw.Numbers(check.Seed, SpotDraw.RecordPile, ofRecords, check.Records);
            var items = new List<SpotCheckItem>(SpotDraw.Size);
            foreach (var version in await records.At(from, to, [.. places.Select(p => (int)p)], cancel))
                items.Add(new SpotCheckItem { CommunityId = check.CommunityId, CheckId = check.Id, Place = items.Count + 1, RecordVersionId = version });
            foreach (var number in SpotDraw.Numbers(check.Seed, SpotDraw.PostingPile, ofPostings, check.ThroughSeq - check.AfterSeq))
                items.Add(new SpotCheckItem { CommunityId = check.CommunityId, CheckId = check.Id, Place = items.Count + 1, Seq = check.AfterSeq + 1 + number });
            return items;
        }
    }
}
