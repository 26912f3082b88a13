using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>One side traded much, and the price did not move: someone stands against it.</summary>
internal sealed class AbsorptionDetector(PatternValues values) : TradeDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "absorption",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Create = static values => new AbsorptionDetector(values),
            Evidence = ["price", "net_volume", "mean_size", "dominance", "seconds"],
            Summary = "one side traded much and the price did not move",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MeanTrades", ParameterUnit.Count, 200, 1, 1 << 16, "trades of the mean size"),
                new("Factor", ParameterUnit.Number, 40, 0.1, 1e6, "mean sizes that one side must outweigh the other by"),
                new("MinDominance", ParameterUnit.Number, 0.8, 0, 1, "part of all volume that the outweighing must be"),
                new(
                    "MaxMoveBps",
                    ParameterUnit.BasisPoints,
                    0.2,
                    0,
                    10_000,
                    "distance from the first price that still counts as not moving"
                ),
                new("Window", ParameterUnit.Seconds, 10, 0.001, 3600, "longest time it may take"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        };

    private const double BasisPoints = 10_000.0;

    private readonly double _factor = values["Factor"];
    private readonly double _dominance = values["MinDominance"];
    private readonly double _widest = values["MaxMoveBps"];
    private readonly long _window = values.Micros("Window");
    private readonly int _warmup = values.Count("MeanTrades");
    private Ema _size = new(values.Count("MeanTrades"));
    private int _seen;
    private long _anchor;
    private long _started;
    private double _bought;
    private double _sold;

    internal override bool ReadsSide => true;

    internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
    {
        var usual = _size.Value;
        var isWarm = _seen >= _warmup;
        var size = trade.Size.ToDouble();
        _size.Update(size);
        _seen += isWarm ? 0 : 1;
        var away = Math.Abs(trade.Price.Nanos - _anchor) / (double)trade.Price.Nanos * BasisPoints;
        if (_anchor == 0 || away > _widest || trade.TimeMicros - _started > _window)
        {
            Begin(trade);
        }

        // The side is as good as random: a branch on it would be guessed wrongly every other time.
        var signed = side * size;
        _bought += Math.Max(signed, 0.0);
        _sold += Math.Max(-signed, 0.0);
        if (isWarm && usual > 0)
        {
            Decide(trade.TimeMicros, usual, ref found);
        }
    }

    internal override void Save(StateWriter writer)
    {
        _size.Save(writer);
        writer.Write(_seen);
        writer.Write(_anchor);
        writer.Write(_started);
        writer.Write(_bought);
        writer.Write(_sold);
    }

    internal override void Load(ref StateReader reader)
    {
        _size.Load(ref reader);
        _seen = reader.ReadInt32(0, _warmup);
        _anchor = reader.ReadInt64();
        _started = reader.ReadInt64();
        _bought = reader.ReadDouble();
        _sold = reader.ReadDouble();
    }

    private void Begin(in PackedTick trade)
    {
        _anchor = trade.Price.Nanos;
        _started = trade.TimeMicros;
        _bought = _sold = 0;
    }

    private void Decide(long micros, double usual, ref Detections found)
    {
        var net = _bought - _sold;
        var all = _bought + _sold;
        if (Math.Abs(net) < _dominance * all)
        {
            return;
        }

        var times = Math.Abs(net) / usual;
        if (times < _factor)
        {
            return;
        }

        var seconds = (micros - _started) / (double)EventTime.MicrosPerSecond;
        if (
            found.TryAdd(
                Pattern,
                micros,
                SignalScore.Toward(-net),
                SignalScore.Saturate(times, _factor),
                Price.FromNanos(_anchor).ToDouble(),
                net,
                usual,
                Math.Abs(net) / all,
                seconds
            )
        )
        {
            _anchor = 0; // what was absorbed has been told; the next trade begins anew
        }
    }
}
