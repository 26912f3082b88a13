using System.Text;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Files of klines of Binance's public archive: CSV, some with a header line and some without.</summary>
/// <remarks>Times are milliseconds; those of spot are microseconds from 1 January 2025 on (binance-public-data 386, 387). Either is told by
/// its digits.</remarks>
public static class BinanceKlines
{
    private const int MillisDigits = 13; // from 2001 to 2286
    private const int MicrosDigits = 16;

    /// <summary>What the columns of a file mean, as JSON for a mapping beside it.</summary>
    /// <param name="path">The zip or CSV.</param>
    /// <param name="symbol">Our symbol.</param>
    /// <param name="interval">Length of a bar, such as 1m.</param>
    /// <exception cref="MarketDataException">It is no file of klines.</exception>
    public static string Describe(string path, string symbol, string interval)
    {
#pragma warning disable CA2000 // The reader owns the stream.
        using var lines = new LineReader(MarketDataFile.Unpack(MarketDataFile.Open(path), path), path);
#pragma warning restore CA2000
        var time = FirstField(lines);
        var hasHeader = time.Length > 0 && !char.IsAsciiDigit(time[0]);
        if (hasHeader)
        {
            time = FirstField(lines);
        }

        return $$"""
            {
              "rows": "bars", "header": {{(hasHeader ? "true" : "false")}}, "symbol": "{{symbol}}", "period": "{{interval}}",
              "time": { "format": "{{UnitOf(time, path, lines.Line)}}" },
              "columns": { "time": 1, "open": 2, "high": 3, "low": 4, "close": 5, "volume": 6 }
            }

            """;
    }

    private static string FirstField(LineReader lines)
    {
        if (!lines.TryRead(out var line))
        {
            return string.Empty;
        }

        line = FileContent.WithoutMark(line);
        var end = line.IndexOf((byte)',');
        return Encoding.ASCII.GetString(end < 0 ? line : line[..end]).Trim().Trim('"');
    }

    private static string UnitOf(string time, string path, long line) =>
        time.Length switch
        {
            MillisDigits when time.All(char.IsAsciiDigit) => "ms",
            MicrosDigits when time.All(char.IsAsciiDigit) => "us",
            0 => throw new MarketDataException(path, 0, "file", "holds no klines"),
            _ => throw new MarketDataException(
                path,
                line,
                "time",
                $"'{OutsideText.Show(Encoding.UTF8.GetBytes(time))}' is neither milliseconds nor microseconds since 1970"
            ),
        };
}
