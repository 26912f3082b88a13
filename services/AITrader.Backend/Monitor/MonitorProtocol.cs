namespace AITrader.Backend.Monitor;

/// <summary>The WebSocket subprotocol of the monitor.</summary>
internal static class MonitorProtocol
{
    public const string Version = "aitrader.v1";
}
