using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Phones;

/// <summary>Staff find a member by the full number, as when somebody calls. Each search stands in the log; part of a number finds nothing.</summary>
public static class FindByPhone
{
    /// <summary>More than a day at the counter needs, too few to try numbers out.</summary>
    public static readonly RatePolicy Searches = new("phone-look-ups", 20, TimeSpan.FromMinutes(10));

    /// <summary>The number.</summary>
    /// <param name="Number">In full.</param>
    public sealed record Request(string Number);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A full number.</summary>
        public Limits() => RuleFor(r => r.Number).Must(n => PhoneNumbers.FromText(n) is not null).WithMessage("请输入完整的手机号。");
    }

    /// <summary>A member with the number.</summary>
    /// <param name="MemberId">The id in this community.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Building">Where they live, if said.</param>
    public sealed record Found(Guid MemberId, string Name, string? Building);

    /// <summary>Who has the number.</summary>
    /// <param name="Members">One mostly; a family may share a number.</param>
    public sealed record Response(IReadOnlyList<Found> Members);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/members/phone-search", (
            Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithMetadata(new RateLimit(Searches))
        .WithName("findByPhone").WithSummary("按手机号找居民");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, PhoneBook book, IAuditLog audit)
    {
        /// <summary>Who has the number here.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var found = await book.MembersWith(PhoneNumbers.FromText(body.Number)!, cancel);
            if (found.Count == 0)
                audit.Write("phone.searched", "found:0");
            foreach (var member in found)
                audit.Write("phone.searched", $"member:{member.Id:N}", member.PersonId);
            return new Response([.. found.Select(m => new Found(m.Id, m.DisplayName, m.Building))]);
        }, cancel);
    }
}
