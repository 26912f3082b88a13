using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Instruments;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Binance;

/// <summary>The Binance feed. Addresses have no default: no host is contacted unless the operator has named it.</summary>
internal sealed class BinanceOptions
{
    public const string Section = "Feed:Binance";
    public const string Spot = "spot";
    public const string UsdMargined = "usdm";
    public const string CoinMargined = "coinm";

    /// <summary>Which of the venue's markets: spot, usdm or coinm. Default usdm.</summary>
    [RegularExpression("^(spot|usdm|coinm)$", ErrorMessage = "Feed:Binance:Market is spot, usdm or coinm.")]
    public string Market { get; set; } = UsdMargined;

    /// <summary>Root of the WebSocket streams, such as wss://fstream.binance.com.</summary>
    [Required(ErrorMessage = "Feed:Binance:Stream is missing: the root of the WebSocket streams, such as wss://host.")]
    public Uri? Stream { get; set; }

    /// <summary>Root of the REST API, such as https://fapi.binance.com.</summary>
    [Required(ErrorMessage = "Feed:Binance:Rest is missing: the root of the REST API, such as https://host.")]
    public Uri? Rest { get; set; }

    /// <summary>Symbols as the venue spells them, comma separated.</summary>
    [Required(ErrorMessage = "Feed:Binance:Symbols is missing: the symbols to follow, comma separated.")]
    public string Symbols { get; set; } = string.Empty;

    /// <summary>API key for requests of old trades of futures; spot needs none.</summary>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>How often changes of depth come: 100ms, 250ms, 500ms or 1000ms as the market offers. Default 100ms.</summary>
    [RegularExpression("^(100ms|250ms|500ms|1000ms)$", ErrorMessage = "Feed:Binance:DepthInterval is 100ms, 250ms, 500ms or 1000ms.")]
    public string DepthInterval { get; set; } = "100ms";

    /// <summary>A connection of this age is replaced by a new one: the venue ends it at 24 h. Default 23 h 50 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes((23 * 60) + 50);

    /// <summary>How long connecting may take. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan DialLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause before connecting again; doubles, until a connection has lasted as long as the longest pause. Default
    /// 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the jitter of pauses, so that many clients do not come back together; 0 takes it from the clock.</summary>
    public int JitterSeed { get; set; }

    /// <summary>Most trades that are fetched for one gap; what is older stays missing, counted. Default 50000.</summary>
    [Range(0, 10_000_000)]
    public int FillLimit { get; set; } = 50_000;

    /// <summary>Messages in a row that make no sense, after which the connection is made anew. Default 20.</summary>
    [Range(1, 10_000)]
    public int GarbageLimit { get; set; } = 20;

    /// <summary>Streams on one connection at most, three a symbol; more are spread over further connections. Default 200: the venue
    /// allows 1024, and for long allowed 200.</summary>
    [Range(3, 1024)]
    public int StreamsPerConnection { get; set; } = 200;

    /// <summary>Share of the venue's request weight that is spent, in per cent: other programs at the same address have the rest. Default
    /// 80.</summary>
    [Range(1, 100)]
    public int WeightShare { get; set; } = 80;

    /// <summary>The symbols to follow.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. Symbols
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(static name => name.ToUpperInvariant())
                .Distinct(StringComparer.Ordinal),
        ];
}

[OptionsValidator]
internal sealed partial class BinanceOptionsValidator : IValidateOptions<BinanceOptions>;

/// <summary>What attributes cannot say.</summary>
internal sealed class BinanceNamesValidator : IValidateOptions<BinanceOptions>
{
    public ValidateOptionsResult Validate(string? name, BinanceOptions options) =>
        string.IsNullOrWhiteSpace(options.Symbols) || options.Names.Any(static symbol => SymbolTable.IsSymbol(symbol))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Feed:Binance:Symbols: no name in '{options.Symbols}' can be carried, as all lie outside of letters, digits and : _ - . / & of ASCII."
            );
}
