using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>The live feed, of whatever venue; what one venue needs besides is in its own options.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feed";

    private const char Separator = ',';
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private Dictionary<string, TimeSpan>? _limits;

    /// <summary>Whether the service follows a live feed. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Which venue is followed: kite or binance. Default kite.</summary>
    public string Kind { get; set; } = "kite";

    /// <summary>A connection on which nothing at all is received for so long is made anew. Default 5 s.</summary>
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
