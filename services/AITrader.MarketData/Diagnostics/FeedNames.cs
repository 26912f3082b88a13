using System.Text.Json;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;

namespace AITrader.MarketData.Diagnostics;

/// <summary>How verdicts, flags and steps are spelled in metrics and answers: <c>out_of_order</c>.</summary>
internal static class FeedNames
{
    private static readonly Dictionary<TickVerdict, string> Verdicts = Enum.GetValues<TickVerdict>()
        .ToDictionary(static verdict => verdict, static verdict => Snake(verdict.ToString()));
    private static readonly Dictionary<TickFlags, string> Flags = Enum.GetValues<TickFlags>()
        .ToDictionary(static flag => flag, static flag => Snake(flag.ToString()));
    private static readonly Dictionary<SilenceStep, string> Steps = Enum.GetValues<SilenceStep>()
        .ToDictionary(static step => step, static step => Snake(step.ToString()));

    public static string Of(TickVerdict verdict) => Verdicts[verdict];

    public static string Of(TickFlags flag) => Flags[flag];

    public static string Of(SilenceStep step) => Steps[step];

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
