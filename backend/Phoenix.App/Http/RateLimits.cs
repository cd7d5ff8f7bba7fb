using System.Net;
using System.Net.Sockets;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>How often a route may be called; without it <see cref="RateLimits.Default"/>.</summary>
/// <param name="Policy">The policy.</param>
public sealed record RateLimit(RatePolicy Policy);

/// <summary>Counts each call of a route under the caller, or under the address where nobody is signed in.</summary>
public sealed class RateLimits(RateLimiter limiter)
{
    /// <summary>Every route without a limit of its own: more than any thumb, fewer than any script wants.</summary>
    public static readonly RatePolicy Default = new("default", 300, TimeSpan.FromMinutes(1));

    /// <summary>Images: each costs a decoding.</summary>
    public static readonly RatePolicy Uploads = new("uploads", 20, TimeSpan.FromMinutes(1));

    /// <summary>Signing in and refreshing, by address: a family behind one router, not a script.</summary>
    public static readonly RatePolicy SignIns = new("sign-ins", 60, TimeSpan.FromMinutes(1));

    /// <summary>Typing codes that somebody could guess at.</summary>
    public static readonly RatePolicy CodeGuesses = new("code-guesses", 10, TimeSpan.FromMinutes(10));

    private const int Ipv6PrefixBytes = 8;

    /// <summary>Counts a call; null, or <see cref="TooManyRequests"/>.</summary>
    public async Task<Error?> Count(HttpContext http, Endpoint endpoint, TokenSubject? caller)
    {
        if (endpoint.Metadata.GetMetadata<WithoutDatabase>() is not null)
            return null;
        var policy = endpoint.Metadata.GetMetadata<RateLimit>()?.Policy ?? Default;
        var decision = await limiter.Check(policy, caller is { } person ? person.PersonId.ToString("N") : HouseholdOf(http), http.RequestAborted);
        return decision.IsAllowed ? null : new TooManyRequests { RetryAfter = decision.RetryAfter };
    }

    // One household has one IPv4 address or one IPv6 /64 network.
    private static string HouseholdOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes))
            : address.MapToIPv4().ToString();
    }
}
