using System.ComponentModel.DataAnnotations;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Kite.Live;

/// <summary>The Kite feed. The defaults are the mock exchange's and its published test identity.</summary>
internal sealed class KiteFeedOptions
{
    public const string Section = "Feed";

    private HashSet<string>? _wanted;

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

    /// <summary>Connections to Kite's ticker at most. Default 3, as many as Kite gives a key: less where other programs use the
    /// key.</summary>
    [Range(1, KiteTickerOptions.MaxConnections)]
    public int Connections { get; set; } = KiteTickerOptions.MaxConnections;

    /// <summary>Instruments on one of those connections at most. Default 3000, as many as Kite takes.</summary>
    [Range(1, KiteTickerOptions.MaxTokensPerConnection)]
    public int TokensPerConnection { get; set; } = KiteTickerOptions.MaxTokensPerConnection;

    /// <summary>The instruments of <see cref="Symbols"/>; none where all are followed.</summary>
    public IReadOnlySet<string> Wanted =>
        _wanted ??= Symbols
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether an instrument is to be followed.</summary>
    public bool Follows(KiteInstrument instrument) => Wanted.Count == 0 || Wanted.Contains(instrument.Key);

    /// <summary>Sets the addresses that are not set.</summary>
    /// <param name="discovered">Where the topology says that the exchange is; null where it does not.</param>
    public void Complete(string? discovered)
    {
        Address ??= string.IsNullOrEmpty(discovered) ? null : new Uri(discovered);
        TickerAddress ??= Address is null
            ? null
            : new UriBuilder(Address) { Scheme = Address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
    }
}

[OptionsValidator]
internal sealed partial class KiteFeedOptionsValidator : IValidateOptions<KiteFeedOptions>;
