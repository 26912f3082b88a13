using System.ComponentModel.DataAnnotations;

namespace AITrader.MockMcp.Market;

/// <summary>How the seeded market moves.</summary>
internal sealed class MarketOptions
{
    public const string Section = "Market";

    /// <summary>The same seed gives the same sequence of prices.</summary>
    public int Seed { get; set; } = 20240808;

    /// <summary>Price changes of each symbol in a second. Zero stops the market.</summary>
    [Range(0, 1000)]
    public double TicksPerSecond { get; set; } = 3;

    /// <summary>Standard deviation of one step of the whole market, in basis points.</summary>
    [Range(0.01, 100)]
    public double StepVolatilityBps { get; set; } = 2.5;
}
