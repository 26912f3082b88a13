using AITrader.Domain.Ids;
using AITrader.Domain.Signals;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>Signals that tests send.</summary>
internal static class SampleSignals
{
    public const string Symbol = "BTCUSDT";

    public static readonly DateTimeOffset Start = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    public static Signal At(
        long seq,
        double seconds,
        string run = "run-a",
        double score = 0.8,
        string pattern = "ema_cross",
        bool isBullish = true
    ) =>
        new()
        {
            Id = DeterministicId.Signal($"{run}:{seq}", pattern),
            Symbol = Symbol,
            Score = score,
            Timestamp = Start.AddSeconds(seconds),
            Pattern = pattern,
            Direction = isBullish ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = 60_000m,
            TickId = $"{run}:{seq}",
            Seq = seq,
            Run = run,
            Features = new SignalFeatures
            {
                EmaFast = 60_001,
                EmaSlow = 60_000,
                Vwap = 60_000,
                StdDev = 5,
                Rsi = 60,
                Atr = 2,
                Bid = 59_999.9m,
                Ask = 60_000.1m,
                Trades = 500,
                Window = [59_998, 59_999, 60_000],
                Evidence = new Dictionary<string, double> { ["spread"] = 1 },
            },
        };
}
