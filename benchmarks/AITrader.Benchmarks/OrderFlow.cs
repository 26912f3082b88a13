using AITrader.Domain.Prices;
using AITrader.OrderBooks;

namespace AITrader.Benchmarks;

/// <summary>Events of one busy book, made from a seed: a book of ten thousand orders, then turns of adds, executions and deletes, then
/// everything deleted.</summary>
/// <remarks>Each phase has one kind, so that it can be timed as one. Prices lie geometrically around a mid that walks; ids grow, with
/// holes, as a venue's do.</remarks>
internal sealed class OrderFlow
{
    public const int Resting = 10_000;

    private const int Turns = 60;
    private const int EachTurn = 3_000;
    private const int MeanDistance = 12; // ticks from the mid

    private readonly Random _random = new(20_240_808);
    private readonly List<(long Id, long Left)> _live = [];
    private readonly List<OrderEvent[]> _phases = [];
    private long _lastId = 1_000_000;
    private int _mid = 60_000;

    private OrderFlow() { }

    public static IReadOnlyList<OrderEventKind> Kinds { get; } = [OrderEventKind.Add, OrderEventKind.Execute, OrderEventKind.Delete];

    public IReadOnlyList<OrderEvent[]> Phases => _phases;

    public int Count => _phases.Sum(static phase => phase.Length);

    public static OrderFlow Generate()
    {
        var flow = new OrderFlow();
        flow._phases.Add(Many(Resting, flow.Add));
        for (var turn = 0; turn < Turns; turn++)
        {
            flow._mid += flow._random.Next(-3, 4);
            flow._phases.Add(Many(EachTurn, flow.Add));
            flow._phases.Add(Many(EachTurn, flow.Execute));
            flow._phases.Add(Many(Math.Max(0, flow._live.Count - Resting), flow.Delete));
        }

        flow._phases.Add(Many(flow._live.Count, flow.Delete));
        return flow;
    }

    private static OrderEvent[] Many(int count, Func<OrderEvent> next)
    {
        var events = new OrderEvent[count];
        for (var i = 0; i < count; i++)
        {
            events[i] = next();
        }

        return events;
    }

    private OrderEvent Add()
    {
        _lastId += _random.Next(1, 20);
        var quantity = _random.Next(1, 500);
        var distance = 1 + (int)(-Math.Log(1 - _random.NextDouble()) * MeanDistance);
        var side = (QuoteSide)_random.Next(2);
        _live.Add((_lastId, quantity));
        return new OrderEvent
        {
            Kind = OrderEventKind.Add,
            OrderId = _lastId,
            Side = side,
            Price = Price.FromNanos((side == QuoteSide.Bid ? _mid - distance : _mid + distance) * (Price.Scale / 100)),
            Quantity = Quantity.FromRaw(quantity),
        };
    }

    private OrderEvent Execute()
    {
        var at = _random.Next(_live.Count);
        var (id, left) = _live[at];
        var quantity = _random.Next(4) == 0 ? left : _random.NextInt64(1, left + 1);
        _live[at] = (id, left - quantity);
        if (quantity == left)
        {
            RemoveAt(at);
        }

        return new OrderEvent
        {
            Kind = OrderEventKind.Execute,
            OrderId = id,
            Quantity = Quantity.FromRaw(quantity),
        };
    }

    private OrderEvent Delete()
    {
        var at = _random.Next(_live.Count);
        var id = _live[at].Id;
        RemoveAt(at);
        return new OrderEvent { Kind = OrderEventKind.Delete, OrderId = id };
    }

    private void RemoveAt(int at)
    {
        _live[at] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
    }
}
