namespace AITrader.Kite.Ticker;

/// <summary>Where the ticker is and how patient its client is.</summary>
public sealed class KiteTickerOptions
{
    /// <summary>Address. Default the live one.</summary>
    public Uri Address { get; set; } = new("wss://ws.kite.trade/");

    /// <summary>A line that says nothing for so long, heartbeats included, is dropped and dialled again. Default 5 s, as in Kite's own clients.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long dialling may take. Default 7 s.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(7);

    /// <summary>First pause before dialling again; doubles up to <see cref="MaxBackoff"/>. Default 250 ms.</summary>
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 30 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);
}
