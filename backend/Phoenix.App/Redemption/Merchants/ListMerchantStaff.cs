using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Who is at a merchant: for its owner and for staff. And where the caller is.</summary>
public static class ListMerchantStaff
{
    /// <summary>Somebody at a merchant.</summary>
    /// <param name="Id">The place: to take them off with.</param>
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Post">What they are there.</param>
    /// <param name="JoinedAt">Since when.</param>
    /// <param name="LastUsedAt">When they last acted there, to the hour.</param>
    public sealed record Item(Guid Id, Guid MemberId, string Name, MerchantPost Post, DateTimeOffset JoinedAt, DateTimeOffset LastUsedAt);

    /// <summary>A merchant where the caller is.</summary>
    /// <param name="Id">The place: to leave it with.</param>
    /// <param name="MerchantId">The merchant.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Post">What the caller is there.</param>
    /// <param name="State">Whether it takes coins.</param>
    public sealed record Job(Guid Id, Guid MerchantId, string Name, MerchantPost Post, MerchantState State);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/merchants/{id:guid}/staff", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Staff(id, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.MerchantOwner)
            .WithName("listMerchantStaff").WithSummary("商家人员");
        community.MapGet("/merchant-jobs", async (Caller caller, Handler handler, CancellationToken cancel) => TypedResults.Ok(await handler.Jobs(caller, cancel)))
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("listMerchantJobs").WithSummary("我的商家");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, MerchantBook book, IPeople people, Platform.Time.Clock clock)
    {
        /// <summary>Owners, then clerks, by when they joined; or <see cref="UnknownMerchant"/>.</summary>
        public async Task<Result<IReadOnlyList<Item>>> Staff(Guid id, Caller caller, CancellationToken cancel)
        {
            if (!await db.Set<Merchant>().AnyAsync(m => m.Id == id, cancel) || (!caller.Is(Role.Staff) && await book.Place(id, caller.PersonId, cancel) is not { Post: MerchantPost.Owner }))
                return new UnknownMerchant();
            var places = await db.Set<MerchantStaff>().AsNoTracking().Where(s => s.MerchantId == id && s.EndedAt == null).Take(MerchantStaff.MaxPeople).ToListAsync(cancel);
            var names = await people.OfPersons(places.ConvertAll(p => p.PersonId), cancel);
            return places.OrderBy(p => p.Post).ThenBy(p => p.JoinedAt).ThenBy(p => p.Id)
                .Select(p => new Item(p.Id, names[p.PersonId].MemberId, names[p.PersonId].Name, p.Post, p.JoinedAt, p.LastUsedAt)).ToArray();
        }

        /// <summary>The caller's places, but for those where they are idle.</summary>
        public async Task<IReadOnlyList<Job>> Jobs(Caller caller, CancellationToken cancel)
        {
            var idle = clock.Now - MerchantStaff.IdleLimit;
            return await db.Set<MerchantStaff>().Where(s => s.PersonId == caller.PersonId && s.EndedAt == null && (s.Post == MerchantPost.Owner || s.LastUsedAt > idle))
                .Join(db.Set<Merchant>(), s => s.MerchantId, m => m.Id, (s, m) => new { Place = s, Merchant = m })
                .OrderBy(p => p.Merchant.SortKey).ThenBy(p => p.Merchant.Id).Take(PageQuery.MaxLimit)
                .Select(p => new Job(p.Place.Id, p.Merchant.Id, p.Merchant.Name, p.Place.Post, p.Merchant.State)).ToListAsync(cancel);
        }
    }
}
