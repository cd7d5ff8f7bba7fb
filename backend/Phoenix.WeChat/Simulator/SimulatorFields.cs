using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator;

/// <summary>The simulator's own opinion of field values, beside the client's: two readers of one contract.</summary>
public static class SimulatorFields
{
    /// <summary>Whether WeChat takes the value for a keyword of this type (thing, time, ...).</summary>
    public static bool Takes(string type, string value) => FieldRules.Takes(new Keyword(1, "", "", type), value);
}
