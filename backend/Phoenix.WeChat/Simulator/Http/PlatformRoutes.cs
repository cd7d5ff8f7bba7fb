using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Phoenix.WeChat.Simulator.Api;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>The platform over HTTP: faults strike here, around the answer.</summary>
internal static class PlatformRoutes
{
    private const string GarbagePage = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>";
    private static readonly string[] s_families = ["sns", "cgi-bin", "wxa", "wxaapi"];

    public static void MapPlatform(this IEndpointRouteBuilder routes, WeChatSimulator simulator)
    {
        foreach (var endpoint in PlatformTable.Endpoints.Values)
            routes.MapMethods(endpoint.Path, [HttpMethods.Get, HttpMethods.Post], http => Serve(http, simulator, endpoint));
        foreach (var family in s_families)
            routes.MapMethods($"/{family}/{{**rest}}", [HttpMethods.Get, HttpMethods.Post], http => Write(http, PlatformAnswer.Refused(40066, RidOf(simulator))));
    }

    private static async Task Serve(HttpContext http, WeChatSimulator simulator, PlatformEndpoint endpoint)
    {
        var (began, started) = (simulator.Clock.Now, simulator.Clock.Provider.GetTimestamp());
        var rid = RidOf(simulator);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var call = new PlatformCall(http.Request.Method, endpoint.Path, query, await SimulatorRoutes.Read(http) ?? []);
        var plan = simulator.Strike(endpoint.Path);
        var held = endpoint.OneAtATime?.Invoke(call);
        var holds = held is null || simulator.TryHold(held);
        var answer = PlatformAnswer.Refused(43108, rid);
        try
        {
            await simulator.Clock.Delay(plan.Before, http.RequestAborted);
            if (holds)
                answer = Answer(simulator, endpoint, call, plan, rid);
            await simulator.Clock.Delay(plan.After, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller gave up waiting; what was done stays done, and the log tells it.
        }
        finally
        {
            if (held is not null && holds)
                simulator.LetGo(held);
        }

        var milliseconds = (long)simulator.Clock.Provider.GetElapsedTime(started).TotalMilliseconds;
        simulator.Locked(() =>
        {
            simulator.CallLog.Add(rid, began, milliseconds, call, answer.Text, answer.ErrCode, plan.Name);
            return true;
        });
        if (!http.RequestAborted.IsCancellationRequested)
            await Deliver(http, answer, plan.Worse);
    }

    // An error in place of the answer, with or without its effect.
    private static PlatformAnswer Answer(WeChatSimulator simulator, PlatformEndpoint endpoint, PlatformCall call, FaultPlan plan, string rid)
    {
        var answer = plan.IsEffective ? simulator.Answer(endpoint, call, rid) : PlatformAnswer.Refused(-1, rid);
        return plan.Worse is { Kind: FaultKind.Error } error ? PlatformAnswer.Refused(error.ErrCode, rid, error.ErrMsg) : answer;
    }

    private static Task Deliver(HttpContext http, PlatformAnswer answer, Fault? worse)
    {
        switch (worse?.Kind)
        {
            case FaultKind.DropBefore or FaultKind.DropAfter:
                http.Abort();
                return Task.CompletedTask;
            case FaultKind.Garbage:
                return Write(http, new PlatformAnswer(Encoding.UTF8.GetBytes(GarbagePage), "text/html", 0));
            case FaultKind.Empty:
                return Write(http, answer with { Body = [] });
            case FaultKind.Http500:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Write(http, new PlatformAnswer(Encoding.UTF8.GetBytes(GarbagePage), "text/html", 0));
            case FaultKind.Truncated:
                return Write(http, answer with { Body = answer.Body[..(answer.Body.Length / 2)] });
            default:
                return Write(http, answer);
        }
    }

    private static async Task Write(HttpContext http, PlatformAnswer answer)
    {
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static string RidOf(WeChatSimulator simulator) => simulator.Locked(() => simulator.Text.RequestId(simulator.Clock.Now));
}
