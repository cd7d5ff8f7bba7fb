using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Phoenix.WeChat.Simulator.Pushing;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>
/// Serves a simulator under <see cref="Prefix"/>: the platform's own paths (<c>/simulator/sns/jscode2session</c>, ...), the users' phones
/// (<c>/client</c>), faults and settings (<c>/control</c>), and the page.
/// </summary>
public static class SimulatorRoutes
{
    /// <summary>Where it is mounted; a client of the platform takes it for https://api.weixin.qq.com.</summary>
    public const string Prefix = "/simulator";

    /// <summary>Maps every route. The answer takes what the host puts on all of them: access, metadata.</summary>
    /// <param name="routes">The host's.</param>
    /// <param name="simulator">What is served.</param>
    /// <param name="pushes">Checks a push address when it is saved; null: nothing is checked.</param>
    public static IEndpointConventionBuilder MapWeChatSimulator(this IEndpointRouteBuilder routes, WeChatSimulator simulator, PushSender? pushes = null)
    {
        var group = routes.MapGroup(Prefix);
        group.MapPlatform(simulator);
        group.MapClient(simulator);
        group.MapControl(simulator, pushes);
        group.MapPage();
        group.ExcludeFromDescription();
        return group;
    }

    /// <summary>Reads a body to its end, or null when it is larger than <see cref="SimulatorLimits.BodyBytes"/>.</summary>
    internal static async Task<byte[]?> Read(HttpContext http)
    {
        var body = new MemoryStream();
        var chunk = new byte[8 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (body.Length + read > SimulatorLimits.BodyBytes)
                return null;
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
