using System.ComponentModel.DataAnnotations;
using AITrader.Kite.Rest;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>The live feed. The defaults are the mock exchange's and its published test identity.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>Whether the service follows a live feed. Default true.</summary>
    public bool Enabled { get; set; } = true;

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

    /// <summary>A line that says nothing at all for so long is dialled anew. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Without a price for so long the feed counts as stale, and /ready says so. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether an instrument is to be followed.</summary>
    public bool Follows(KiteInstrument instrument)
    {
        var wanted = Symbols.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return wanted.Length == 0 || wanted.Contains(instrument.Key, StringComparer.Ordinal);
    }
}

[OptionsValidator]
internal sealed partial class FeedOptionsValidator : IValidateOptions<FeedOptions>;
