using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Quotes;
using AITrader.Domain.Ticks;
using AITrader.Trading.Market;

namespace AITrader.Trading.Fills;

/// <summary>The simulator under a fill model: what it remembers of queues and levels, and what it draws.</summary>
internal sealed class SimulatedExchange(FillModel model, FillRules rules, Func<string, Instrument?> instruments)
{
    private const string Rejected = "SIMULATED_REJECT";
    private const int SparePlaces = 64;

    private readonly bool _isPlain = model == FillModel.Touch with { Seed = model.Seed, MaxBookAge = model.MaxBookAge };
    private readonly QueuePositions _queues = new(model.Seed);
    private readonly DepthTaken _depth = new();

    /// <summary>What happens to an order at a tick.</summary>
    public FillOutcome Match(Order order, in Tick tick, MarketState market, decimal traded, IBookView? book)
    {
        var touch = order.Request.Side == Side.Buy ? market.Ask : market.Bid;
        if (_isPlain)
        {
            return FillSimulator.Match(order, tick, new Liquidity(touch, traded), rules.OrderLatency);
        }

        var queued = model.KeepsQueue && order.IsAtMarket && order.SentType == OrderType.Limit ? _queues.Reach(order, tick) : 0m;
        var beyond = Behind(order, tick, touch, book).Sum(static part => part.Quantity);
        var match = FillSimulator.Match(order, tick, new Liquidity(touch, traded, beyond, queued), LatencyOf(order.Id, order.SentAt));
        return match.Accepts && Draws(model.RejectRate, order, order.SentAt.UtcTicks, DrawPurpose.Reject)
            ? FillOutcome.Nothing with
            {
                Rejects = Rejected,
            }
            : Cut(order, match, tick);
    }

    /// <summary>What an order that walks on takes of the levels behind the touch, best first.</summary>
    public List<(BookLevel Level, decimal Quantity)> Walk(Order order, in Tick tick, Touch touch, IBookView? book, decimal quantity)
    {
        var parts = new List<(BookLevel, decimal)>();
        foreach (var (level, available) in Behind(order, tick, touch, book))
        {
            var part = Math.Min(quantity, available);
            if (part > 0m)
            {
                parts.Add((level, part));
                _depth.Take(tick.Symbol, order.Request.Side, level, part);
                quantity -= part;
            }
        }

        return parts;
    }

    /// <summary>A limit order has arrived and rests.</summary>
    public void Rest(Order order, MarketState market, IBookView? book, IReadOnlyCollection<Order> working)
    {
        if (model.KeepsQueue && order.SentType == OrderType.Limit)
        {
            _queues.Enter(order, market, book);
            _queues.Trim(working, SparePlaces);
        }
    }

    /// <summary>When we know of what happened to an order; null where that is at once.</summary>
    public DateTimeOffset? KnownAt(Guid order, DateTimeOffset at) =>
        model.Latency is { } latency ? at + Drawn(latency.Response, order, at.UtcTicks, DrawPurpose.Response) : null;

    /// <summary>Forgets the market: a run has ended.</summary>
    public void EndRun() => _depth.Clear();

    /// <summary>From sending an order, or a change of it, until the exchange has it.</summary>
    public TimeSpan LatencyOf(Guid order, DateTimeOffset sentAt) =>
        model.Latency is not { } latency
            ? rules.OrderLatency
            : Drawn(latency.Feed, order, sentAt.UtcTicks, DrawPurpose.Feed)
                + Drawn(latency.Entry, order, sentAt.UtcTicks, DrawPurpose.Entry);

    private TimeSpan Drawn(LatencyProfile profile, Guid order, long moment, DrawPurpose purpose) =>
        profile.At(SeededDraw.Of(model.Seed, order, moment, purpose));

    private bool Draws(double rate, Order order, long moment, DrawPurpose purpose) =>
        rate > 0d && SeededDraw.Of(model.Seed, order.Id, moment, purpose) < rate;

    // The other side's quantity is shared with others, so that only a part of it is had; the rest of the order goes on.
    private FillOutcome Cut(Order order, FillOutcome match, in Tick tick)
    {
        var isCut =
            match is { IsTaker: true, Quantity: > 0m }
            && order.Request.TimeInForce != TimeInForce.Fok
            && Draws(model.PartialRate, order, tick.Seq, DrawPurpose.Partial);
        if (!isCut || instruments(tick.Symbol) is not { } terms)
        {
            return match;
        }

        var share = (decimal)SeededDraw.Of(model.Seed, order.Id, tick.Seq, DrawPurpose.PartialSize);
        var part = Math.Min(match.Quantity, Math.Max(terms.LotSize, terms.FloorToLot(match.Quantity * share)));
        var goes = order.Request.TimeInForce == TimeInForce.Ioc && part < order.Offered;
        return match with { Quantity = part, Walks = false, Cancels = goes ? "IOC_REMAINDER" : match.Cancels };
    }

    private IEnumerable<(BookLevel Level, decimal Quantity)> Behind(Order order, Tick tick, Touch touch, IBookView? book)
    {
        var (side, limit) = (order.Request.Side, order.Request.LimitPrice);
        if (
            !model.WalksBook
            || book is null
            || touch.Price is not { } best
            || tick.Timestamp - book.At is var age && (age < TimeSpan.Zero || age > model.MaxBookAge)
        )
        {
            yield break;
        }

        foreach (var level in book.Levels(side == Side.Buy ? Side.Sell : Side.Buy))
        {
            var isBehind = side == Side.Buy ? level.Price > best : level.Price < best;
            var isWithin = limit is not { } bound || (side == Side.Buy ? level.Price <= bound : level.Price >= bound);
            if (isBehind && isWithin)
            {
                yield return (level, _depth.Available(tick.Symbol, side, level));
            }
        }
    }
}
