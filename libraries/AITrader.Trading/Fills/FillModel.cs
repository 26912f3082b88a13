namespace AITrader.Trading.Fills;

/// <summary>Latency of each way; drawn for each order.</summary>
/// <param name="Feed">From the exchange's event to our seeing it: decisions are made that much later than their event time says.</param>
/// <param name="Entry">From sending an order until the exchange can match it.</param>
/// <param name="Response">From the exchange's event to our knowing of it.</param>
public sealed record LatencyModel(LatencyProfile Feed, LatencyProfile Entry, LatencyProfile Response);

/// <summary>How the simulator fills. The default takes the touch and keeps no queue.</summary>
public sealed record FillModel
{
    /// <summary>The touch, a constant latency, no queue.</summary>
    public static FillModel Touch { get; } = new();

    /// <summary>Seed of everything that is drawn: the same one gives the same fills.</summary>
    public ulong Seed { get; init; }

    /// <summary>Latency; null for that of <see cref="FillRules"/>.</summary>
    public LatencyModel? Latency { get; init; }

    /// <summary>Whether orders that take walk the levels of the book that comes with a tick.</summary>
    public bool WalksBook { get; init; }

    /// <summary>Oldest book, before its tick, that is walked.</summary>
    public TimeSpan MaxBookAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether resting orders keep a place in the queue at their price, and trades at that price reach them in turn.</summary>
    public bool KeepsQueue { get; init; }

    /// <summary>Share of orders that the exchange rejects on arrival.</summary>
    public double RejectRate
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Share of executions against what is shown that get a part of it only.</summary>
    public double PartialRate
    {
        get;
        init => field = Share(value);
    }

    private static double Share(double value) =>
        value is >= 0d and <= 1d ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is in [0, 1].");
}
