namespace AITrader.Venues.Kite.Ticker;

/// <summary>Where the ticker is, how much it carries and how patient its client is.</summary>
public sealed class KiteTickerOptions
{
    /// <summary>Most tokens that Kite takes on one line: those above are refused with a text.</summary>
    public const int MostTokensPerLine = 3_000;

    /// <summary>Most lines that Kite gives to one key.</summary>
    public const int MostLines = 3;

    /// <summary>Address. Default the live one.</summary>
    public Uri Address { get; set; } = new("wss://ws.kite.trade/");

    /// <summary>Tokens on one line at most; the next line takes the rest. Default 3000, as many as Kite allows.</summary>
    public int TokensPerLine { get; set; } = MostTokensPerLine;

    /// <summary>Lines at most; a line is dialled when something is subscribed on it, the first one at once. Default 3, as many as Kite
    /// allows a key.</summary>
    public int Lines { get; set; } = MostLines;

    /// <summary>A line that says nothing for so long, heartbeats included, is dropped and dialled again. Default 5 s, as in Kite's own
    /// clients.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long dialling may take. Default 7 s.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(7);

    /// <summary>First pause before dialling again; doubles up to <see cref="MaxBackoff"/>. Default 250 ms.</summary>
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 30 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);
}
