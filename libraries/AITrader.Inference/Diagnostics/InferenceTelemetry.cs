namespace AITrader.Inference.Diagnostics;

/// <summary>Names under which this library measures.</summary>
public static class InferenceTelemetry
{
    /// <summary>The meter of servers and clients.</summary>
    public const string MeterName = "AITrader.Inference";
}
