using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Cards;

/// <summary>Staff get what is printed on a card that works. Each time is logged: whoever knows the number could print it too.</summary>
public static class PrintCard
{
    /// <summary>What is printed.</summary>
    /// <param name="Id">The card.</param>
    /// <param name="Name">What the neighbours call the holder.</param>
    /// <param name="Number">16 letters and digits, for the code and beneath it.</param>
    public sealed record Response(Guid Id, string Name, string Number);

    /// <summary>What is kept of the request: not the number.</summary>
    internal sealed record Noted(Guid Id, string Name);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/cards/{id:guid}/printing", (
            Guid id, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("printCard").WithSummary("打印卡片");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, ICards cards, IAuditLog audit)
    {
        /// <summary>What to print, or <see cref="CardUnknown"/>, <see cref="CardRevoked"/>.</summary>
        public async Task<Result<Response>> Run(Guid id, RequestId requestId, CancellationToken cancel)
        {
            var noted = await work.Once<Noted>(requestId, async () =>
            {
                if (!(await cards.NumberOf(id, cancel)).TryGet(out _, out var error))
                    return error;
                var holder = await db.Set<ElderCard>().Where(c => c.Id == id).Join(db.Set<Member>(), c => c.PersonId, m => m.PersonId, (_, m) => m).SingleAsync(cancel);
                audit.Write("card.printed", $"card:{id:N}", holder.PersonId);
                return new Noted(id, holder.DisplayName);
            }, cancel);
            if (!noted.TryGet(out var found, out var refusal))
                return refusal;
            return (await cards.NumberOf(id, cancel)).Map(number => new Response(id, found.Name, number));
        }
    }
}
