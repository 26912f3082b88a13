using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Mcp;

/// <summary>What the tools work with.</summary>
internal sealed record McpFace(
    BrokerDesk Desk,
    MarketBoard Board,
    CandleHistory History,
    SessionStore Sessions,
    McpLogins Logins,
    RateLimits Limits,
    FaultControl Faults,
    OrderFaults OrderFaults,
    TimeProvider Clock,
    IHttpContextAccessor Http
);
