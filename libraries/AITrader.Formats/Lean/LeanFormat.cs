using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>LEAN's zips, whose path says symbol, market, resolution and day.</summary>
internal sealed class LeanFormat : FileFormat
{
    internal override string BarsLookLike => "a LEAN zip";

    internal override bool Recognises(FileContent content) => LeanFile.FindIn(content.Stream, content.Name) is not null;

    internal override bool HoldsBars(string path) => LeanFile.Find(Path.GetFullPath(path), path) is { Resolution: not LeanResolution.Tick };

    internal override string Hint(FileContent content, bool isOfBars) => LeanFile.Hint(content.Stream);

    internal override TickReader OpenTicks(FileContent content) =>
        FileIn(content) is { Resolution: LeanResolution.Tick } lean
            ? new LeanTickReader(content.Lines, content.Name, content.Symbols, lean)
            : throw new MarketDataException(
                content.Name,
                0,
                "path",
                $"holds {FileIn(content).Resolution.ToString().ToLowerInvariant()} bars of {FileIn(content).Symbol}, not ticks"
            );

    internal override BarReader OpenBars(FileContent content) =>
        FileIn(content) is { Resolution: not LeanResolution.Tick } lean
            ? new LeanBarReader(content.Lines, content.Name, content.Symbols, lean)
            : throw new MarketDataException(content.Name, 0, "path", "holds ticks, not bars");

    private static LeanFile FileIn(FileContent content) => LeanFile.FindIn(content.Stream, content.Name)!;
}
