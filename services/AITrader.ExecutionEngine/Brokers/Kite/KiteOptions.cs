using System.ComponentModel.DataAnnotations;
using AITrader.Venues.Kite.Orders;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Kite;

/// <summary>The app at Kite that orders go through. The defaults are the mock exchange's published test identity.</summary>
internal sealed class KiteOptions
{
    public const string Section = "Kite";

    /// <summary>Root of the REST API. Default: the resource mock-mcp.</summary>
    public Uri? Address { get; set; }

    /// <summary>Address of the ticker, which tells of orders. Default: <see cref="Address"/> with the scheme of WebSockets.</summary>
    public Uri? TickerAddress { get; set; }

    /// <summary>App key. A login ends the session before of the same app: give orders an app of their own.</summary>
    [Required]
    public string ApiKey { get; set; } = "test_api_key";

    /// <summary>App secret.</summary>
    [Required]
    public string ApiSecret { get; set; } = "test_api_secret";

    /// <summary>File with the day's access token, read whenever a session is needed: Kite lets people sign in, not programs. Default none:
    /// the login page is asked, which only the mock exchange answers.</summary>
    public string AccessTokenFile { get; set; } = string.Empty;

    /// <summary>Whether updates of orders are heard on the ticker, beside the polling. Default true.</summary>
    public bool OrderUpdates { get; set; } = true;

    /// <summary>Product of all orders: MIS for positions of the day, CNC for delivery, NRML, MTF. Default MIS.</summary>
    [RegularExpression("CNC|NRML|MIS|MTF")]
    public string Product { get; set; } = "MIS";

    /// <summary>How long to wait for an answer. What was sent and not answered by then is unknown. Default 7 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromSeconds(7);

    /// <summary>The exchange's id of the algorithm, which each order carries. Default none.</summary>
    [RegularExpression("[A-Za-z0-9]{0,20}")]
    public string AlgoId { get; set; } = string.Empty;

    /// <summary>How the client sends orders.</summary>
    public KiteBrokerOptions ForOrders() =>
        new()
        {
            Product = Product,
            AnswerLimit = AnswerLimit,
            AlgoId = AlgoId,
        };

    /// <summary>Sets the addresses that are not set.</summary>
    public void Complete(string? discovered)
    {
        Address ??= string.IsNullOrEmpty(discovered) ? null : new Uri(discovered);
        TickerAddress ??= Address is null
            ? null
            : new UriBuilder(Address) { Scheme = Address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
    }
}

[OptionsValidator]
internal sealed partial class KiteOptionsValidator : IValidateOptions<KiteOptions>;
