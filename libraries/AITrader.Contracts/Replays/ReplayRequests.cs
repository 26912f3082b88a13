using System.Text.Json;

namespace AITrader.Contracts.Replays;

/// <summary>Starts a replay: exactly one of path, paths and ticks.</summary>
/// <param name="Path">File or name of a data set.</param>
/// <param name="Paths">Several of them, merged by event time; in a tie the earlier one of the list comes first.</param>
/// <param name="Ticks">A range of the tick store.</param>
/// <param name="Speed">max, or a number from 0.1 to 1000; 1 where it is absent.</param>
/// <param name="Loop">Whether it begins again at its end, each round as a new run.</param>
public sealed record ReplayStart(
    string? Path = null,
    IReadOnlyList<string>? Paths = null,
    ReplayTicks? Ticks = null,
    JsonElement? Speed = null,
    bool Loop = false
);

/// <summary>A range of the tick store.</summary>
/// <param name="Symbols">Instruments.</param>
/// <param name="From">First moment, included.</param>
/// <param name="To">Last moment, not included.</param>
/// <param name="Run">Replay run that stored them, or an empty text for the live recording; absent: the live one, else the newest
/// run.</param>
public sealed record ReplayTicks(
    IReadOnlyList<string>? Symbols = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Run = null
);

/// <summary>Goes on elsewhere in the content, as a new run: exactly one of the three.</summary>
/// <param name="Time">Event time: goes on with the first tick at or after it.</param>
/// <param name="Seq">Position in the content, from 1.</param>
/// <param name="Fraction">Share of the content, 0 to 1.</param>
public sealed record ReplaySeek(DateTimeOffset? Time = null, long? Seq = null, double? Fraction = null);

/// <summary>Changes the speed.</summary>
/// <param name="Speed">max, or a number from 0.1 to 1000.</param>
public sealed record ReplayPace(JsonElement? Speed = null);

/// <summary>Says whether the run under way begins again at its end.</summary>
/// <param name="Loop">Whether it does.</param>
public sealed record ReplayLoopWish(bool? Loop = null);
