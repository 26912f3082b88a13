using System.Globalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;
using AITrader.Formats.Compression;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>Resolutions of LEAN's files.</summary>
internal enum LeanResolution
{
    Tick,
    Second,
    Minute,
    Hour,
    Daily,
}

/// <summary>What the path of a LEAN file says of its rows.</summary>
/// <remarks>
/// <code>
/// forex/oanda/tick/eurusd/20140501_quote.zip
/// equity/india/minute/yesbank/20190709_trade.zip
/// crypto/coinbase/daily/btcusd_trade.zip
/// equity/india/daily/cccl.zip
/// </code>
/// Source: the FORMAT pages and Common/Util/LeanData.cs of QuantConnect/Lean.
/// </remarks>
internal sealed record LeanFile(
    string Type,
    string Market,
    LeanResolution Resolution,
    string LeanSymbol,
    bool IsQuote,
    DateOnly? Day,
    TimeZoneInfo Zone
)
{
    /// <summary>Equity prices are whole ten-thousandths.</summary>
    private const int ScaledDigits = 4;

    /// <summary>Decimals that make nano-units of a price as it is written.</summary>
    internal int PriceDecimals => Type == "equity" ? Price.Decimals - ScaledDigits : Price.Decimals;

    /// <summary>Length of a bar, but of a daily one, which ends with the local day.</summary>
    internal long PeriodMicros =>
        EventTime.MicrosPerSecond
        * Resolution switch
        {
            LeanResolution.Minute => 60,
            LeanResolution.Hour => 3_600,
            _ => 1,
        };

    /// <summary>The symbol as the rest of the system names it: Indian equities carry their exchange.</summary>
    internal string Symbol => SymbolMap.Default.ToSymbol($"lean/{Type}/{Market}", LeanSymbol) ?? LeanSymbol.ToUpperInvariant();

    internal bool HasOwnDates => Resolution is LeanResolution.Hour or LeanResolution.Daily;

    /// <summary>Reads a path; null where it is none of LEAN's.</summary>
    /// <exception cref="MarketDataException">It is one of LEAN's, but not of a kind that can be read.</exception>
    internal static LeanFile? Find(string path, string file)
    {
        var parts = path.Split('/', '\\');
        var name = Path.GetFileNameWithoutExtension(parts[^1]).ToLowerInvariant();
        return At(parts.Length - 5) ?? At(parts.Length - 4);

        LeanFile? At(int at)
        {
            if (at < 0 || !IsType(parts[at]) || ResolutionOf(parts[at + 2]) is not { } resolution)
            {
                return null;
            }

            var byDay = parts.Length - at == 5;
            return byDay == resolution is LeanResolution.Tick or LeanResolution.Second or LeanResolution.Minute
                ? Make(
                    parts[at].ToLowerInvariant(),
                    parts[at + 1].ToLowerInvariant(),
                    resolution,
                    byDay ? parts[at + 3].ToLowerInvariant() : null,
                    name,
                    file
                )
                : null;
        }
    }

    /// <summary>Whether the file in the zip is named as LEAN names it, such as <c>20140501_eurusd_tick_quote.csv</c>.</summary>
    internal static bool IsEntryName(string name) =>
        name.Split('_') is [{ Length: 8 } day, _, var resolution, ..] && day.All(char.IsAsciiDigit) && ResolutionOf(resolution) is not null;

    private static LeanResolution? ResolutionOf(string text) =>
        text.ToLowerInvariant() switch
        {
            "tick" => LeanResolution.Tick,
            "second" => LeanResolution.Second,
            "minute" => LeanResolution.Minute,
            "hour" => LeanResolution.Hour,
            "daily" => LeanResolution.Daily,
            _ => null,
        };

    private static bool IsType(string part) =>
        part.ToLowerInvariant()
            is "equity"
                or "forex"
                or "cfd"
                or "crypto"
                or "cryptofuture"
                or "option"
                or "future"
                or "futureoption"
                or "index"
                or "indexoption";

    private static LeanFile? Make(string type, string market, LeanResolution resolution, string? folder, string name, string file)
    {
        var words = name.Split('_');
        DateOnly day = default;
        if (
            folder is not null
            && !(
                words.Length == 2
                && DateOnly.TryParseExact(words[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            )
        )
        {
            return null;
        }

        // Forex has quotes only, and its daily files may not say so.
        var tickType =
            words.Length > 1 ? words[^1]
            : type is "forex" or "cfd" ? "quote"
            : "trade";
        if (tickType is not ("trade" or "quote") || ZoneOf(type, market) is not { } zone)
        {
            throw new MarketDataException(
                file,
                0,
                "path",
                $"LEAN data of '{Show(type)}' '{Show(market)}' '{Show(tickType)}' cannot be read; known are trade and quote of equity (usa, india), forex and cfd (oanda, fxcm), crypto and cryptofuture"
            );
        }

        return new LeanFile(type, market, resolution, folder ?? words[0], tickType == "quote", folder is null ? null : day, zone);
    }

    private static TimeZoneInfo? ZoneOf(string type, string market) =>
        (type, market) switch
        {
            ("equity", "usa") => TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
            ("equity", "india") => TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"),
            ("forex" or "cfd", "oanda") or ("crypto" or "cryptofuture", _) => TimeZoneInfo.Utc,
            ("forex", "fxcm") => TimeZoneInfo.CreateCustomTimeZone("UTC-05", TimeSpan.FromHours(-5), "UTC-05", "UTC-05"), // LEAN: without summer time
            _ => null,
        };

    private static string Show(string text) => OutsideText.Show(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>What the path says of a zip in LEAN's layout, else null.</summary>
    /// <exception cref="MarketDataException">The zip holds another day's file than its name says.</exception>
    internal static LeanFile? FindIn(Stream content, string name)
    {
        if (content is not CheckedZipStream zip || Find(FullPath(name), name) is not { } lean)
        {
            return null;
        }

        var day = lean.Day?.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        return day is null || zip.EntryName.StartsWith(day, StringComparison.Ordinal)
            ? lean
            : throw new MarketDataException(
                name,
                0,
                "zip",
                $"holds '{OutsideText.Show(System.Text.Encoding.UTF8.GetBytes(zip.EntryName))}', which is not of the day in its name"
            );
    }

    /// <summary>What a user may be missing about a content of no known format.</summary>
    internal static string Hint(Stream content) =>
        content is CheckedZipStream zip && IsEntryName(zip.EntryName)
            ? "; a LEAN file must lie in LEAN's folders, such as forex/oanda/tick/eurusd/20140501_quote.zip"
            : "";

    private static string FullPath(string name)
    {
        try
        {
            return Path.GetFullPath(name);
        }
        catch (Exception failure) when (failure is ArgumentException or IOException or NotSupportedException)
        {
            return name; // A name for messages need not be a path.
        }
    }
}
