using System.Text;
using System.Text.RegularExpressions;
using Phoenix.WeChat.Simulator.Api;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>The last calls, secrets masked.</summary>
internal sealed partial class CallLog
{
    private readonly Queue<CallView> _calls = new();

    public IReadOnlyList<CallView> Newest => [.. _calls.Reverse()];

    public CallView? Find(string rid) => _calls.FirstOrDefault(call => call.Rid == rid);

    public void Add(string rid, DateTimeOffset at, long milliseconds, PlatformCall call, string answer, int errCode, string? fault)
    {
        if (_calls.Count == SimulatorLimits.Calls)
            _calls.Dequeue();
        var query = string.Join('&', call.QueryAll.Select(pair => $"{pair.Key}={(IsSecret(pair.Key) ? "…" : pair.Value)}"));
        var body = Encoding.UTF8.GetString(call.Body);
        _calls.Enqueue(new CallView(rid, at, milliseconds, call.Method, call.Endpoint, Short(Mask($"{query}\n{body}".Trim())), Short(Mask(answer)), errCode, fault));
    }

    private static bool IsSecret(string name) => name is "access_token" or "secret" or "signature" or "js_code";

    private static string Mask(string text) => SecretPattern().Replace(text, "${name}…\"");

    private static string Short(string text) => text.Length <= SimulatorLimits.CallText ? text : text[..SimulatorLimits.CallText] + "…";

    [GeneratedRegex("(?<name>\"(access_token|secret|session_key)\"\\s*:\\s*\")[^\"]*\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SecretPattern();
}
