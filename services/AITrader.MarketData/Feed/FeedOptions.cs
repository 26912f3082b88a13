using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>The live feed. The defaults are the mock exchange's and its published test identity.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feed";
    public const string Kite = "kite";
    public const string Binance = "binance";

    private const char Separator = ',';
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private Dictionary<string, TimeSpan>? _limits;
    private HashSet<string>? _wanted;

    /// <summary>Whether the service follows a live feed. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Which feed: kite or binance. Default kite.</summary>
    [RegularExpression("^(kite|binance)$", ErrorMessage = "Feed:Kind is kite or binance.")]
    public string Kind { get; set; } = Kite;

    /// <summary>Root of the REST API. Default: the resource mock-mcp.</summary>
    public Uri? Address { get; set; }

    /// <summary>Address of the ticker. Default: <see cref="Address"/> with the scheme of WebSockets.</summary>
    public Uri? TickerAddress { get; set; }

    /// <summary>App key.</summary>
    public string ApiKey { get; set; } = "test_api_key";

    /// <summary>App secret.</summary>
    public string ApiSecret { get; set; } = "test_api_secret";

    /// <summary>Exchange whose instruments are followed where <see cref="Symbols"/> names none. Default NSE.</summary>
    public string Exchange { get; set; } = "NSE";

    /// <summary>Instruments to follow, such as NSE:INFY, comma separated. Default: all of the exchange.</summary>
    public string Symbols { get; set; } = string.Empty;

    /// <summary>Lines to Kite's ticker at most. Default 3, as many as Kite gives a key: less where other programs use the key.</summary>
    [Range(1, KiteTickerOptions.MostLines)]
    public int Lines { get; set; } = KiteTickerOptions.MostLines;

    /// <summary>Instruments on one of those lines at most. Default 3000, as many as Kite takes.</summary>
    [Range(1, KiteTickerOptions.MostTokensPerLine)]
    public int LineTokens { get; set; } = KiteTickerOptions.MostTokensPerLine;

    /// <summary>A line that says nothing at all for so long is dialled anew. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Without a price for so long the feed counts as stale, and /ready says so. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An instrument of which nothing is heard for so long is stale, and subscribed again. Default 10 s; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan InstrumentSilence { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Limits of single instruments in seconds, such as <c>NSE:INFY=5,NSE:NIFTY 50=30</c>; 0 for never.</summary>
    public string InstrumentLimits { get; set; } = string.Empty;

    /// <summary>Ticks that may wait for the bus; then the socket is not read until there is room. Default 20000.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 20_000;

    /// <summary>How far back a starting feed looks for its last recorded tick, to go on from there. Default 1 day; zero for not at
    /// all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00")]
    public TimeSpan ResumeWithin { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether crossed quotes are published, flagged. Default false: whoever fills at quotes would make money that nobody
    /// pays.</summary>
    public bool PassCrossed { get; set; }

    /// <summary>How long an instrument may be silent.</summary>
    /// <exception cref="FormatException"><see cref="InstrumentLimits"/> is malformed; validation refuses that at the start.</exception>
    public TimeSpan LimitOf(string symbol) => (_limits ??= ParseLimits()).GetValueOrDefault(symbol, InstrumentSilence);

    /// <summary>The settings of <see cref="InstrumentLimits"/>, by symbol.</summary>
    /// <exception cref="FormatException">They are malformed; the message says where.</exception>
    public Dictionary<string, TimeSpan> ParseLimits()
    {
        var limits = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var entry in InstrumentLimits.Split(Separator, Trimmed))
        {
            var equals = entry.LastIndexOf('=');
            if (
                equals <= 0
                || !double.TryParse(entry[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                || seconds > TimeSpan.SecondsPerDay
            )
            {
                throw new FormatException($"Feed:InstrumentLimits: '{entry}' is not SYMBOL=SECONDS.");
            }

            limits[entry[..equals].TrimEnd()] = TimeSpan.FromSeconds(seconds);
        }

        return limits;
    }

    /// <summary>The instruments of <see cref="Symbols"/>; none where all are followed.</summary>
    public IReadOnlySet<string> Wanted => _wanted ??= Symbols.Split(Separator, Trimmed).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether an instrument is to be followed.</summary>
    public bool Follows(KiteInstrument instrument) => Wanted.Count == 0 || Wanted.Contains(instrument.Key);
}

[OptionsValidator]
internal sealed partial class FeedOptionsValidator : IValidateOptions<FeedOptions>;

/// <summary>What attributes cannot say.</summary>
internal sealed class FeedLimitsValidator : IValidateOptions<FeedOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        try
        {
            options.ParseLimits();
            return ValidateOptionsResult.Success;
        }
        catch (FormatException malformed)
        {
            return ValidateOptionsResult.Fail(malformed.Message);
        }
    }
}
