namespace AITrader.Learning.Datasets;

/// <summary>Prices of an instrument, trade by trade or in equal steps of time.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Times">Event time of each, never going back.</param>
/// <param name="Values">Prices, above zero.</param>
public sealed record PriceSeries(string Symbol, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<double> Values);

/// <summary>How prices become examples.</summary>
/// <param name="Window">Prices that a forecast looks back on.</param>
/// <param name="Horizon">Prices that it forecasts.</param>
/// <param name="ValidationFrom">Event time from which labels are held back to choose by.</param>
/// <param name="TestFrom">Event time from which labels are held back to judge by; later than that.</param>
/// <param name="Embargo">Steps before each of both whose labels nobody uses.</param>
public sealed record DatasetSettings(int Window, int Horizon, DateTimeOffset ValidationFrom, DateTimeOffset TestFrom, int Embargo);

/// <summary>What an example is for.</summary>
public enum DatasetPart
{
    /// <summary>A model learns from it.</summary>
    Training,

    /// <summary>A model is chosen by it.</summary>
    Validation,

    /// <summary>A model is judged by it.</summary>
    Test,
}

/// <summary>A window and what came after it.</summary>
/// <param name="Series">Number of the series.</param>
/// <param name="Start">Index of the first price of the label; the window ends before it.</param>
public readonly record struct Example(int Series, int Start);
