using System.Text.Json;
using AITrader.Contracts;

namespace AITrader.MarketData.Replay;

/// <summary>Body of POST /replay.</summary>
/// <param name="Path">File or name of a data set.</param>
/// <param name="Speed">max, or a number; 1 where it is absent.</param>
public sealed record ReplayBody(string? Path = null, JsonElement? Speed = null);

/// <summary>Answer of GET /replay.</summary>
/// <param name="State">idle, loading, running, finished or failed.</param>
/// <param name="Run">Name of the run.</param>
/// <param name="Source">What was asked for.</param>
/// <param name="Speed">max or a number.</param>
/// <param name="Published">Ticks published.</param>
/// <param name="Total">Ticks in all.</param>
/// <param name="EventTime">Event time of the last published tick.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Watermarks">How far each stage is.</param>
public sealed record ReplayAnswer(
    string State, string? Run, string? Source, string? Speed, long Published, long? Total, DateTimeOffset? EventTime, string? Error, IReadOnlyDictionary<string, long> Watermarks)
{
    internal static readonly string[] Stages =
        [ReplayStages.Published, ReplayStages.Pattern, ReplayStages.Strategy, ReplayStages.Execution, ReplayStages.Store];

    internal static ReplayAnswer From(ReplayView view, IReadOnlyDictionary<string, long> watermarks) =>
        new(view.State, view.Run, view.Source, view.Speed, view.Published, view.Total, view.EventTime, view.Error, watermarks);
}
