namespace AITrader.Domain.Signals;

/// <summary>Which way a pattern points.</summary>
public enum SignalDirection : byte
{
    /// <summary>Prices are expected to rise.</summary>
    Bullish,

    /// <summary>Prices are expected to fall.</summary>
    Bearish,

    /// <summary>Neither: something happened, but it says nothing about where prices go. No signal is made of it.</summary>
    Neutral,
}
