using AITrader.MockMcp.Broker;

namespace AITrader.MockMcp.Shapes;

/// <summary>The user as Kite shows him.</summary>
internal static class ProfileShape
{
    public const string UserName = "Mock Trader";

    public static Dictionary<string, object?> Of() =>
        new(StringComparer.Ordinal)
        {
            ["user_id"] = Rms.UserId,
            ["user_type"] = "individual",
            ["email"] = "trader@example.com",
            ["user_name"] = UserName,
            ["user_shortname"] = "Mock",
            ["broker"] = "ZERODHA",
            ["exchanges"] = new[] { "NSE" },
            ["products"] = new[] { "CNC", "NRML", "MIS", "MTF" },
            ["order_types"] = new[] { "MARKET", "LIMIT", "SL", "SL-M" },
            ["avatar_url"] = null,
            ["meta"] = new Dictionary<string, object?> { ["demat_consent"] = "physical" },
        };
}
