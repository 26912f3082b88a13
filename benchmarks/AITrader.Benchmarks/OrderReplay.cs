using System.Diagnostics;
using System.Runtime.InteropServices;
using AITrader.OrderBooks;

namespace AITrader.Benchmarks;

/// <summary>Plays a flow through the book by order and through the floor, and times each phase.</summary>
internal sealed class OrderReplay(OrderFlow flow)
{
    private readonly OrderBook _book = new(OrderFlow.Resting * 2);
    private readonly Dictionary<long, long> _quantities = new(OrderFlow.Resting * 2);
    private readonly ulong[] _levels = new ulong[flow.Phases.Count];

    public PhaseTimes Book { get; } = new(flow);

    public PhaseTimes Floor { get; } = new(flow);

    /// <summary>A sum over the levels after each phase of the last turn.</summary>
    public IReadOnlyList<ulong> Levels => _levels;

    public Task ApplyAsync()
    {
        _book.Clear();
        Book.Begin();
        for (var phase = 0; phase < flow.Phases.Count; phase++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (ref readonly var change in flow.Phases[phase].AsSpan())
            {
                _book.Apply(change);
            }

            Book.Add(phase, Stopwatch.GetTimestamp() - started);
            _levels[phase] = Sum(_book.Levels);
        }

        Book.End();
        return _book.Refused == 0 ? Task.CompletedTask : throw new InvalidOperationException("the book refused events of the flow");
    }

    /// <summary>What any book by order must do at least: find the order.</summary>
    public Task ApplyToFloorAsync()
    {
        _quantities.Clear();
        Floor.Begin();
        for (var phase = 0; phase < flow.Phases.Count; phase++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (ref readonly var change in flow.Phases[phase].AsSpan())
            {
                Keep(change);
            }

            Floor.Add(phase, Stopwatch.GetTimestamp() - started);
        }

        Floor.End();
        return Task.CompletedTask;
    }

    private void Keep(in OrderEvent change)
    {
        if (change.Kind == OrderEventKind.Add)
        {
            _quantities.Add(change.OrderId, change.Quantity.Raw);
        }
        else if (change.Kind == OrderEventKind.Delete)
        {
            _quantities.Remove(change.OrderId);
        }
        else if ((CollectionsMarshal.GetValueRefOrNullRef(_quantities, change.OrderId) -= change.Quantity.Raw) == 0)
        {
            _quantities.Remove(change.OrderId);
        }
    }

    private static ulong Sum(LevelBook book)
    {
        var sum = 0UL;
        foreach (var side in (ReadOnlySpan<BookSide>)[book.Bids, book.Asks])
        {
            foreach (var level in side)
            {
                // In no order: the other book goes through its tree from the other end.
                sum += (ulong)(level.Price.Nanos / PhaseTimes.Tick * 1_000_003) * (ulong)level.Size.Raw;
            }
        }

        return sum;
    }
}
