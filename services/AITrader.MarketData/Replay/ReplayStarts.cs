using System.Text.Json;
using AITrader.Contracts.Replays;
using AITrader.Domain.Instruments;
using AITrader.Domain.Time;
using AITrader.Storage.Ticks;

namespace AITrader.MarketData.Replay;

/// <summary>Checks what a request asks for.</summary>
internal static class ReplayStarts
{
    private const int MaxFiles = 64;
    private const int MaxSymbols = 500;
    private const int LongestRun = 128;

    /// <summary>What it asks for, or why that cannot be.</summary>
    public static (ReplaySource? Source, (string Reason, string Detail) Refusal) Ask(this ReplayStart start, DataSets sets)
    {
        var given = new object?[] { start.Path, start.Paths, start.Ticks }.Count(static part => part is not null);
        if (given != 1 || start.Paths is { Count: 0 or > MaxFiles } || start.Path?.Trim().Length == 0)
        {
            return Refuse(
                "path-missing",
                $"Name what to replay with exactly one of path (a file or data set), paths (1 to {MaxFiles} of them) and ticks (symbols, from, to)."
            );
        }

        return start.Ticks is null ? RequestFiles(start.Paths ?? [start.Path!], sets) : RequestTicks(start.Ticks);
    }

    /// <summary>A speed may come as a number or as text.</summary>
    public static string? TextOf(JsonElement? value) =>
        value switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => other.GetRawText(),
        };

    private static (ReplaySource? Source, (string Reason, string Detail) Refusal) RequestFiles(IReadOnlyList<string?> paths, DataSets sets)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (path is null || sets.Permit(path) is not { } file)
            {
                return Refuse(
                    "path-not-allowed",
                    $"'{path}' is neither a data set ({DataSets.Names}) nor a file inside the folders that Replay:Folders opens."
                );
            }

            files.Add(file);
        }

        return (ReplaySource.Of(files), default);
    }

    private static (ReplaySource? Source, (string Reason, string Detail) Refusal) RequestTicks(ReplayTicks ticks)
    {
        if (ticks.Symbols is not { Count: > 0 and <= MaxSymbols } symbols || symbols.Any(static symbol => !IsName(symbol)))
        {
            return Refuse("bad-ticks", $"ticks.symbols names 1 to {MaxSymbols} instruments as they are stored.");
        }

        if (ticks.Run is { } run && (run.Length > LongestRun || run.Contains('@', StringComparison.Ordinal)))
        {
            return Refuse("bad-ticks", "ticks.run is the name of a replay run, or empty for what was recorded live.");
        }

        return ticks.From is { } from && ticks.To is { } to && from < to && EventTime.ToMicros(from) >= 0
            ? (ReplaySource.Of(new TickRange([.. symbols], from, to, ticks.Run)), default)
            : Refuse("bad-ticks", "ticks.from and ticks.to are times (ISO 8601), from before to.");
    }

    private static bool IsName(string? symbol) =>
        symbol is { Length: > 0 and <= SymbolTable.MaxLength } && symbol.AsSpan().IndexOfAny(",@") < 0;

    private static (ReplaySource? Source, (string Reason, string Detail) Refusal) Refuse(string reason, string detail) =>
        (null, (reason, detail));
}
