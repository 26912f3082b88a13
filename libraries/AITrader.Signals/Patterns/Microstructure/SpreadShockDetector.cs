using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>The spread is a multiple of what it usually is, and one side drew back further than the other.</summary>
internal sealed class SpreadShockDetector(PatternValues values) : QuoteDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "spread_shock",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Create = static values => new SpreadShockDetector(values),
            Evidence = ["spread_bps", "mean_bps", "ratio", "bid", "ask"],
            Summary = "the spread is a multiple of what it usually is, and the mid moved",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MeanQuotes", ParameterUnit.Count, 500, 1, 1 << 16, "quotes of the mean spread"),
                new("Exit", ParameterUnit.Number, 1.5, 0, 1e6, "ratio below which it is armed again"),
                new("Entry", ParameterUnit.Number, 5.0, 0.1, 1e6, "ratio of spread and mean that makes a signal") { NotBelow = "Exit" },
                new("MinBps", ParameterUnit.BasisPoints, 0.1, 0, 10_000, "least spread"),
                .. PatternDefinition.TickEnds(cooldown: 60, horizon: 10),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly double _entry = values["Entry"];
    private readonly double _exit = values["Exit"];
    private readonly double _min = values["MinBps"];
    private readonly int _warmup = values.Count("MeanQuotes");
    private Ema _mean = new(values.Count("MeanQuotes"));
    private int _seen;
    private long _bid;
    private long _ask;
    private bool _outside;

    internal override void Update(in PackedTick quote, ref Detections found)
    {
        var (bid, ask) = (quote.Bid.Nanos, quote.Ask.Nanos);
        if (bid <= 0 || ask < bid)
        {
            return; // one-sided or crossed: no spread to speak of
        }

        var spread = (ask - bid) / ((bid + (double)ask) / 2.0) * BasisPoints;
        if (_seen >= _warmup)
        {
            Decide(quote, spread, bid - _bid + (ask - _ask), ref found);
        }

        _mean.Update(spread);
        _seen += _seen < _warmup ? 1 : 0;
        (_bid, _ask) = (bid, ask);
    }

    internal override void Save(StateWriter writer)
    {
        _mean.Save(writer);
        writer.Write(_seen);
        writer.Write(_bid);
        writer.Write(_ask);
        writer.Write(_outside);
    }

    internal override void Load(ref StateReader reader)
    {
        _mean.Load(ref reader);
        _seen = reader.ReadInt32(0, _warmup);
        _bid = reader.ReadInt64();
        _ask = reader.ReadInt64();
        _outside = reader.ReadBoolean();
    }

    private void Decide(in PackedTick quote, double spread, long move, ref Detections found)
    {
        var mean = _mean.Value;
        var times = mean > 0 ? spread / mean : 0.0;
        _outside &= times >= _exit;
        if (times >= _entry && spread >= _min && move != 0 && !_outside)
        {
            _outside = found.TryAdd(
                Pattern,
                quote.TimeMicros,
                SignalScore.Toward(move),
                SignalScore.Saturate(times, _entry),
                spread,
                mean,
                times,
                quote.Bid.ToDouble(),
                quote.Ask.ToDouble()
            );
        }
    }
}
