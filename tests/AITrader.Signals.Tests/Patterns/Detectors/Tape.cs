using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Patterns.Detectors;

/// <summary>Writes series of ticks by hand.</summary>
internal sealed class Tape(long micros = EventTime.MicrosPerDay * 20_000)
{
    internal List<PackedTick> Ticks { get; } = [];

    /// <summary>Time of the next tick.</summary>
    internal long Micros { get; private set; } = micros;

    internal static Tape Of(IEnumerable<BarInput> bars)
    {
        var tape = new Tape();
        foreach (var bar in bars)
        {
            tape.Bar(bar);
        }

        return tape;
    }

    internal Tape Wait(double seconds)
    {
        Micros += (long)(seconds * EventTime.MicrosPerSecond);
        return this;
    }

    internal Tape Trade(double price, double size = 1, double wait = 0.01)
    {
        Ticks.Add(
            new PackedTick
            {
                TimeMicros = Micros,
                Symbol = 0,
                Kind = TickKind.Trade,
                Price = PriceOf(price),
                Size = SizeOf(size),
            }
        );
        return Wait(wait);
    }

    internal Tape Quote(double bid, double ask, double bidSize = 1, double askSize = 1, double wait = 0.01)
    {
        Ticks.Add(
            new PackedTick
            {
                TimeMicros = Micros,
                Symbol = 0,
                Kind = TickKind.Quote,
                Price = Price.Mid(PriceOf(bid), PriceOf(ask)),
                Bid = PriceOf(bid),
                Ask = PriceOf(ask),
                BidSize = SizeOf(bidSize),
                AskSize = SizeOf(askSize),
            }
        );
        return Wait(wait);
    }

    /// <summary>Four trades that make a bar of a second: the tick that closes the bar number i is number 4 (i + 1).</summary>
    internal Tape Bar(in BarInput bar) =>
        Trade(bar.Open, wait: 0.25).Trade(bar.High, wait: 0.25).Trade(bar.Low, wait: 0.25).Trade(bar.Close, wait: 0.25);

    private static Price PriceOf(double value) => Price.FromNanos((long)Math.Round(value * Price.Scale));

    private static Quantity SizeOf(double value) => Quantity.FromRaw((long)Math.Round(value * Quantity.Scale));
}
