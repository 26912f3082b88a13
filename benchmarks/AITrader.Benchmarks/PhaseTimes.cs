using System.Diagnostics;
using AITrader.Domain.Prices;
using AITrader.OrderBooks;

namespace AITrader.Benchmarks;

/// <summary>Times of the phases of a flow, summed up by kind for each turn; the first turns only warm up.</summary>
internal sealed class PhaseTimes(OrderFlow flow)
{
    /// <summary>Nano-units of one tick of the flow's prices.</summary>
    public const long Tick = Price.Scale / 100;

    private const int Capacity = 256;
    private const int WarmUps = 3;
    private const int KindCount = 8;

    // Arrays made beforehand: the book's allocations are counted with these turns running.
    private readonly double[] _turns = new double[Capacity * KindCount];
    private readonly double[] _now = new double[KindCount];
    private int _count;

    public void Begin() => Array.Clear(_now);

    public void Add(int phase, long timestamps) => _now[(int)flow.Phases[phase][0].Kind] += timestamps / (double)Stopwatch.Frequency;

    public void End()
    {
        if (_count < Capacity)
        {
            _now.CopyTo(_turns, _count++ * KindCount);
        }
    }

    /// <summary>Seconds of one event, the median of the turns.</summary>
    public double Median(OrderEventKind kind) =>
        Middle(Turns(kind)) / flow.Phases.Where(phase => phase[0].Kind == kind).Sum(static phase => phase.Length);

    /// <summary>Median of the ratios of neighbouring turns.</summary>
    public static double Ratio(PhaseTimes first, PhaseTimes second, OrderEventKind kind)
    {
        var (ours, theirs) = (first.Turns(kind), second.Turns(kind));
        return Middle([.. ours.Zip(theirs, static (our, their) => our / their)]);
    }

    private List<double> Turns(OrderEventKind kind) =>
        [.. Enumerable.Range(WarmUps, _count - WarmUps).Select(turn => _turns[(turn * KindCount) + (int)kind])];

    private static double Middle(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
