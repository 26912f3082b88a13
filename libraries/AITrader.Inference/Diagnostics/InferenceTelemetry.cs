namespace AITrader.Inference.Diagnostics;

/// <summary>Names of the metrics of this library.</summary>
public static class InferenceTelemetry
{
    /// <summary>The meter of servers and clients.</summary>
    public const string MeterName = "AITrader.Inference";
}
