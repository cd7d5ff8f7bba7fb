using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>The rules about merchants and their people, in one place. What changes rows is called holding the community's lock.</summary>
internal sealed class MerchantBook(PhoenixDb db, IPlaceRoles roles, IAuditLog audit, Clock clock, IIds ids) : IMerchantPeople
{
    /// <summary>The merchant, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>.</summary>
    public async Task<Result<Merchant>> Present(Guid merchantId, CancellationToken cancel)
    {
        if (await db.Set<Merchant>().FirstOrDefaultAsync(m => m.Id == merchantId, cancel) is not { } merchant)
            return new UnknownMerchant();
        if (merchant.State == MerchantState.Left)
            return new MerchantLeft();
        return merchant;
    }

    /// <summary>The merchant for one of its owners: nobody else's exists.</summary>
    public async Task<Result<Merchant>> OwnedBy(Guid merchantId, Guid person, CancellationToken cancel) =>
        await Place(merchantId, person, cancel) is { Post: MerchantPost.Owner } ? await Present(merchantId, cancel) : new UnknownMerchant();

    /// <summary>What the person is at the merchant now; null for nothing.</summary>
    public Task<MerchantStaff?> Place(Guid merchantId, Guid person, CancellationToken cancel) =>
        db.Set<MerchantStaff>().FirstOrDefaultAsync(s => s.MerchantId == merchantId && s.PersonId == person && s.EndedAt == null, cancel);

    /// <summary>The person is that at the merchant from now on, and has the role. Refused with <see cref="TooManyMerchantStaff"/>.</summary>
    public async Task<Result<MerchantStaff>> Add(Guid merchantId, Guid person, MerchantPost post, string? reason, CancellationToken cancel)
    {
        if (await db.Set<MerchantStaff>().CountAsync(s => s.MerchantId == merchantId && s.EndedAt == null, cancel) >= MerchantStaff.MaxPeople)
            return new TooManyMerchantStaff();
        var now = clock.Now;
        var place = new MerchantStaff { CommunityId = db.Scope.CommunityId, Id = ids.New(), MerchantId = merchantId, PersonId = person, Post = post, JoinedAt = now, LastUsedAt = now };
        db.Add(place);
        audit.Write(post == MerchantPost.Owner ? "merchant.owner_added" : "merchant.clerk_joined", $"merchant:{merchantId:N}", person, reason);
        await roles.Set(person, RoleOf(post), true, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return place;
    }

    /// <summary>The person is at the merchant no more; the role stays while there is another place. An active merchant's last owner stays: <see cref="MerchantLastOwner"/>.</summary>
    public async Task<Error?> End(MerchantStaff place, MerchantEnd cause, string? reason, CancellationToken cancel)
    {
        if (place.Post == MerchantPost.Owner && cause != MerchantEnd.MerchantLeft && await IsLastOwnerOfActive(place, cancel))
            return new MerchantLastOwner();
        (place.EndedAt, place.EndCause) = (clock.Now, cause);
        audit.Write(cause == MerchantEnd.Idle ? "merchant.clerk_idle" : $"merchant.{(place.Post == MerchantPost.Owner ? "owner" : "clerk")}_ended", $"merchant:{place.MerchantId:N}", place.PersonId, reason);
        var another = await db.Set<MerchantStaff>().AnyAsync(s => s.PersonId == place.PersonId && s.Post == place.Post && s.EndedAt == null && s.Id != place.Id, cancel);
        await roles.Set(place.PersonId, RoleOf(place.Post), another, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <inheritdoc />
    public async Task<Error?> MayActAt(Guid merchantId, Guid personId, CancellationToken cancel)
    {
        var place = await db.Set<MerchantStaff>().AsNoTracking().FirstOrDefaultAsync(s => s.MerchantId == merchantId && s.PersonId == personId && s.EndedAt == null, cancel);
        return place is null ? new UnknownMerchant() : Judge(place, await db.Set<Merchant>().Where(m => m.Id == merchantId).Select(m => m.State).SingleAsync(cancel), clock.Now);
    }

    /// <summary>Null where somebody with that place may act now.</summary>
    internal static Error? Judge(MerchantStaff place, MerchantState state, DateTimeOffset now) =>
        place.IsIdle(now) ? new ClerkIdle() : state == MerchantState.Active ? null : new MerchantNotActive();

    /// <inheritdoc />
    public async Task Touch(Guid merchantId, Guid personId, CancellationToken cancel)
    {
        var now = clock.Now;
        var (due, idle) = (now - MerchantStaff.TouchEvery, now - MerchantStaff.IdleLimit);
        await db.Set<MerchantStaff>()
            .Where(s => s.MerchantId == merchantId && s.PersonId == personId && s.EndedAt == null && s.LastUsedAt <= due && (s.LastUsedAt > idle || s.Post == MerchantPost.Owner))
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.LastUsedAt, now), cancel);
    }

    private static Role RoleOf(MerchantPost post) => post == MerchantPost.Owner ? Role.MerchantOwner : Role.Clerk;

    private async Task<bool> IsLastOwnerOfActive(MerchantStaff owner, CancellationToken cancel) =>
        await db.Set<Merchant>().AnyAsync(m => m.Id == owner.MerchantId && m.State == MerchantState.Active, cancel) &&
        !await db.Set<MerchantStaff>().AnyAsync(s => s.MerchantId == owner.MerchantId && s.Post == MerchantPost.Owner && s.EndedAt == null && s.Id != owner.Id, cancel);
}
