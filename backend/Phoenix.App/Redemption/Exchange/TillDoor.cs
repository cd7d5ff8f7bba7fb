using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Who may act at a till, and which exchanges are a merchant's.</summary>
internal sealed class TillDoor(PhoenixDb db, IMerchantPeople people, TillReads reads, TillTouches touches, MemberShelf members)
{
    /// <summary>Null where the caller may act at the merchant now; notes that they did.</summary>
    public async Task<Error?> Enter(Guid merchantId, Caller caller, CancellationToken cancel)
    {
        if (await people.MayActAt(merchantId, caller.PersonId, cancel) is { } refusal)
            return refusal;
        await Touch(merchantId, caller, cancel);
        return null;
    }

    /// <summary>An exchange of the merchant for somebody who may act there, not tracked, not to be changed; nobody else's exists. Not inside a transaction.</summary>
    public async Task<Result<RedemptionRow>> Find(Guid merchantId, Guid id, Caller caller, CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        if (await reads.MayActAt(community, merchantId, caller.PersonId, cancel) is { } refusal)
            return refusal;
        await Touch(merchantId, caller, cancel);
        return await reads.Find(community, id, cancel) is { } row && row.MerchantId == merchantId ? row : new UnknownRedemption();
    }

    /// <summary>Whether the caller would decide on their own coins.</summary>
    public async ValueTask<bool> IsOwn(RedemptionRow row, Caller caller, CancellationToken cancel) =>
        await members.MemberOf(row.CommunityId, caller.PersonId, cancel) is { } own && own == row.MemberId;

    private async Task Touch(Guid merchantId, Caller caller, CancellationToken cancel)
    {
        if (touches.IsDue(db.Scope.CommunityId, merchantId, caller.PersonId))
            await people.Touch(merchantId, caller.PersonId, cancel);
    }
}

/// <summary>When this process last noted that somebody acted at a till: once an hour is enough.</summary>
internal sealed class TillTouches(Clock clock)
{
    /// <summary>Most people remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 10_000;

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(30);

    private readonly Remembered<(int, Guid, Guid), DateTimeOffset> _known = new(MaxRemembered);

    public bool IsDue(int community, Guid merchant, Guid person)
    {
        var now = clock.Now;
        if (_known.TryGet((community, merchant, person), out var last) && now - last < s_every)
            return false;
        _known.Keep((community, merchant, person), now);
        return true;
    }
}
