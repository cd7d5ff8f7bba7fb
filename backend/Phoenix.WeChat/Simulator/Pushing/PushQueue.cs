using System.Text.Json.Nodes;
using System.Threading.Channels;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Simulator.Api;

namespace Phoenix.WeChat.Simulator.Pushing;

/// <summary>The pushes that wait, and those that ended lately.</summary>
internal sealed class PushQueue(Clock clock)
{
    /// <summary>How often a push is tried in all.</summary>
    public const int Tries = 3;

    /// <summary>How long after a failure it is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly List<Job> _waiting = [];
    private readonly Queue<Job> _ended = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _last;

    /// <summary>One push on its way.</summary>
    internal sealed class Job(int id, OutgoingEvent what, DateTimeOffset dueAt)
    {
        public int Id => id;

        public OutgoingEvent Event => what;

        public DateTimeOffset DueAt { get; set; } = dueAt;

        public int Tries { get; set; }

        public PushState State { get; set; }

        public string? LastAnswer { get; set; }

        public PushView View => new(id, what.Name, what.From, what.At, DueAt, Tries, State, LastAnswer);
    }

    /// <summary>Says that there is something new to wait for.</summary>
    public ChannelReader<bool> Changes => _changes.Reader;

    public IReadOnlyList<PushView> Newest => [.. _waiting.Concat(_ended).OrderByDescending(job => job.Id).Select(job => job.View)];

    public DateTimeOffset? NextDueAt => _waiting.Count == 0 ? null : _waiting.Min(job => job.DueAt);

    public void Add(OutgoingEvent what, DateTimeOffset dueAt)
    {
        if (_waiting.Count == SimulatorLimits.Pushes)
            _waiting.RemoveAt(0);
        _waiting.Add(new Job(++_last, what, dueAt));
        _changes.Writer.TryWrite(true);
    }

    /// <summary>The one that has been due longest, if any is due.</summary>
    public Job? NextDue() => _waiting.Where(job => job.DueAt <= clock.Now).OrderBy(job => job.DueAt).ThenBy(job => job.Id).FirstOrDefault();

    /// <summary>Notes a try.</summary>
    public void Tried(Job job, bool isTaken, string answer)
    {
        (job.Tries, job.LastAnswer) = (job.Tries + 1, answer);
        if (isTaken)
            End(job, PushState.Taken);
        else if (job.Tries == Tries)
            End(job, PushState.GivenUp);
        else
            job.DueAt = clock.Now + RetryAfter;
    }

    public void End(Job job, PushState state)
    {
        job.State = state;
        _waiting.Remove(job);
        if (_ended.Count == SimulatorLimits.EndedPushes)
            _ended.Dequeue();
        _ended.Enqueue(job);
    }

    /// <summary>Sends an ended push once more, exactly as it was: for the product to know it again.</summary>
    public bool Again(int id)
    {
        if (_ended.FirstOrDefault(job => job.Id == id) is not { } job)
            return false;
        Add(job.Event, clock.Now);
        return true;
    }
}

/// <summary>Makes the events of what happens, due when WeChat would push them.</summary>
internal sealed class Events(WeChatSimulator sim)
{
    private const int NothingFound = 100;
    private const int OtherLabel = 21000;

    public void Sent(string openId, string templateId, long messageId) => Add(openId, "subscribe_msg_sent_event", "SubscribeMsgSentEvent", sim.CurrentSettings.SentEventAfter,
        [new JsonObject { ["TemplateId"] = templateId, ["MsgID"] = messageId, ["ErrorCode"] = 0, ["ErrorStatus"] = "success" }]);

    public void Answered(string openId, IEnumerable<(string TemplateId, SubscribeChoice Choice)> answers) => Add(openId, "subscribe_msg_popup_event", "SubscribeMsgPopupEvent", TimeSpan.Zero,
        [.. answers.Select(a => new JsonObject { ["TemplateId"] = a.TemplateId, ["SubscribeStatusString"] = a.Choice == SubscribeChoice.Accept ? "accept" : "reject", ["PopupScene"] = 0 })]);

    public void SwitchedOff(string openId, IEnumerable<string> templateIds) => Add(openId, "subscribe_msg_change_event", "SubscribeMsgChangeEvent", TimeSpan.Zero,
        [.. templateIds.Select(id => new JsonObject { ["TemplateId"] = id, ["SubscribeStatusString"] = "reject" })]);

    public void PictureJudged(string openId, string trace)
    {
        if (sim.CurrentSettings.PictureVerdict is not { } verdict)
            return;
        var (suggest, label) = (Content.WordOf(verdict), verdict == Push.Suggestion.Pass ? NothingFound : OtherLabel);
        var members = new JsonObject
        {
            ["appid"] = sim.Account.AppId,
            ["trace_id"] = trace,
            ["version"] = 2,
            ["detail"] = new JsonArray([new JsonObject { ["strategy"] = "content_model", ["errcode"] = 0, ["suggest"] = suggest, ["label"] = label, ["prob"] = 90 }]),
            ["errcode"] = 0,
            ["errmsg"] = "ok",
            ["result"] = new JsonObject { ["suggest"] = suggest, ["label"] = label },
        };
        var at = sim.Clock.Now + sim.CurrentSettings.PictureVerdictAfter;
        sim.Pushes.Add(new OutgoingEvent(openId, at, "wxa_media_check", null, [], members), at);
    }

    private void Add(string openId, string name, string container, TimeSpan after, IReadOnlyList<JsonObject> items)
    {
        if (items.Count == 0)
            return;
        var at = sim.Clock.Now + after;
        sim.Pushes.Add(new OutgoingEvent(openId, at, name, container, items, []), at);
    }
}
