using System.ComponentModel.DataAnnotations;

namespace AITrader.ServiceDefaults.Instruments;

/// <summary>One instrument as configured.</summary>
public sealed class InstrumentSetting
{
    /// <summary>Name on its ticks, such as NSE:INFY.</summary>
    [Required]
    public string Symbol { get; set; } = string.Empty;

    /// <summary>Where it trades.</summary>
    public string Exchange { get; set; } = "UNKNOWN";

    /// <summary>ISO code of the currency that its prices are in.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Step of its prices.</summary>
    [Range(0.00000001, 1_000_000)]
    public decimal TickSize { get; set; } = 0.01m;

    /// <summary>Step of its quantities.</summary>
    [Range(0.00000001, 1_000_000)]
    public decimal LotSize { get; set; } = 1m;

    /// <summary>Quantity above which the exchange freezes an order. Default none.</summary>
    [Range(0.00000001, 1_000_000_000)]
    public decimal? FreezeQuantity { get; set; }

    /// <summary>Fee of a fill, of its notional.</summary>
    [Range(0.0, 10_000)]
    public decimal FeeBps { get; set; }
}
