namespace AITrader.Venues.Kite.Ticker;

/// <summary>Where the ticker is, how much it carries and what its client waits for.</summary>
public sealed class KiteTickerOptions
{
    /// <summary>Most tokens that Kite takes on one connection: those above are refused with a text.</summary>
    public const int MaxTokensPerConnection = 3_000;

    /// <summary>Most connections that Kite gives to one key.</summary>
    public const int MaxConnections = 3;

    /// <summary>Address. Default the live one.</summary>
    public Uri Address { get; set; } = new("wss://ws.kite.trade/");

    /// <summary>Tokens on one connection at most; the next one takes the rest. Default 3000, as many as Kite allows.</summary>
    public int TokensPerConnection { get; set; } = MaxTokensPerConnection;

    /// <summary>Connections at most; one is opened when something is subscribed on it, the first one at once. Default 3, as many as
    /// Kite allows a key.</summary>
    public int Connections { get; set; } = MaxConnections;

    /// <summary>A connection on which nothing is received for so long, heartbeats included, is replaced. Default 5 s, as in Kite's own
    /// clients.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connecting may take. Default 7 s.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(7);

    /// <summary>First pause before connecting again; doubles up to <see cref="MaxBackoff"/>. Default 250 ms.</summary>
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 30 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);
}
