using System.ComponentModel.DataAnnotations;

namespace AITrader.MockMcp.Sessions;

/// <summary>Settings of the only app that the mock accepts.</summary>
internal sealed class KiteOptions
{
    public const string Section = "Kite";

    /// <summary>The app's key.</summary>
    [Required]
    public string ApiKey { get; set; } = "test_api_key";

    /// <summary>The app's secret.</summary>
    [Required]
    public string ApiSecret { get; set; } = "test_api_secret";

    /// <summary>Where the login page sends the user. Default: a page of the mock itself.</summary>
    public string RedirectUrl { get; set; } = "/connect/done";

    /// <summary>Kite's limits: quotes 1 a second, candles 3, orders 10, 400 a minute and 5000 a day, everything else 10.</summary>
    public bool LimitRates { get; set; } = true;
}
