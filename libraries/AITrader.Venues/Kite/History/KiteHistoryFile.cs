using System.Globalization;
using AITrader.Domain.Sessions;
using AITrader.Formats.Csv;
using AITrader.Venues.Kite.Rest;

namespace AITrader.Venues.Kite.History;

/// <summary>The file of a month or a year.</summary>
internal sealed record KiteHistoryFile(
    string Folder,
    KiteInstrument Instrument,
    KiteInterval Interval,
    (DateOnly From, DateOnly To) Days,
    DateOnly Today
)
{
    /// <summary>The month or year.</summary>
    public string Name => Days.From.ToString(Interval.IsByYear ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Where it is written: what is not over yet has a name of its own.</summary>
    public string Path => IsOver ? WholePath : PartialPath;

    /// <summary>Whether it is there with all that there will ever be.</summary>
    public bool IsWhole => IsOver && File.Exists(WholePath) && File.Exists(WholePath + CsvMapping.Suffix);

    /// <summary>What its columns mean.</summary>
    public string Mapping =>
        $$"""
            {
              "rows": "bars", "symbol": "{{Instrument.Key}}", "period": "{{Interval.Period}}",
              "time": { "format": "iso", "zone": "{{NseCalendar.Zone}}" },
              "columns": { "time": "time", "open": "open", "high": "high", "low": "low", "close": "close", "volume": "volume" }
            }

            """;

    private bool IsOver => Days.To <= Today;

    private string WholePath => PathOf(string.Empty);

    private string PartialPath => PathOf("-partial");

    /// <summary>Deletes what was there before it was over: it would be held twice.</summary>
    public void DeletePartial()
    {
        if (IsOver)
        {
            File.Delete(PartialPath);
            File.Delete(PartialPath + CsvMapping.Suffix);
        }
    }

    private string PathOf(string end) => System.IO.Path.Combine(Folder, $"{SafeName}-{Interval.Period}-{Name}{end}.csv");

    private string SafeName => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Folder))!;
}
