namespace AITrader.SystemSupport.Expectation;

/// <summary>A decision as docs/formulas-trading.md defines it.</summary>
public sealed record ExpectedDecision(ExpectedSignal Signal, string Action, decimal Score, decimal Quantity);

/// <summary>A trade as docs/formulas-trading.md defines it.</summary>
public sealed record ExpectedTrade(
    long Seq,
    long Micros,
    string Symbol,
    string Side,
    decimal Quantity,
    decimal Price,
    decimal Fee,
    decimal Realised,
    string Pattern
);

/// <summary>
/// Decisions and trades of one symbol's capture, written down from docs/formulas-trading.md alone, for the default settings: market orders,
/// an empty
/// account with more cash than they need, the persistence forecast (which expects no move), no weight of pattern classes and no sentiment.
/// </summary>
public sealed class ExpectedTrading
{
    private const decimal Notional = 10_000m;
    private const decimal MaxPosition = 30_000m;
    private const decimal Threshold = 0.30m;
    private const long ConfluenceWindow = 30_000_000;
    private const long OrderCoolDown = 5_000_000;
    private const long Latency = 50_000;
    private const int WarmUp = 50;

    private readonly decimal _lot;
    private readonly decimal _feeBps;
    private readonly List<OpenOrder> _open = [];
    private readonly List<ExpectedSignal> _heard = [];
    private readonly Shown _bid = new();
    private readonly Shown _ask = new();
    private long? _lastOrder;
    private decimal _position;
    private decimal _cost;

    /// <summary>For an instrument with this lot and fee.</summary>
    public ExpectedTrading(decimal lot, decimal feeBps)
    {
        _lot = lot;
        _feeBps = feeBps;
    }

    /// <summary>Decisions, in order.</summary>
    public List<ExpectedDecision> Decisions { get; } = [];

    /// <summary>Trades, in order.</summary>
    public List<ExpectedTrade> Trades { get; } = [];

    /// <summary>Cash paid out (negative: received), fees included.</summary>
    public decimal Spent { get; private set; }

    /// <summary>Signed position at the end.</summary>
    public decimal Position => _position;

    /// <summary>Goes through a capture.</summary>
    public ExpectedTrading Run(IReadOnlyList<CaptureTick> ticks, IReadOnlyList<ExpectedSignal> signals)
    {
        var bySeq = signals.ToLookup(static s => s.Seq);
        foreach (var tick in ticks)
        {
            if (tick.Quote is { } quote)
            {
                _bid.Show(quote.Bid, quote.BidSize);
                _ask.Show(quote.Ask, quote.AskSize);
                Match(tick);
            }

            foreach (var signal in bySeq[tick.Seq])
            {
                Decide(signal);
            }
        }

        return this;
    }

    private void Decide(ExpectedSignal signal)
    {
        var pattern = Contribution(0.45m, signal.IsBullish ? signal.Score : -signal.Score);
        var f = signal.Features;
        var trend = f.Atr > 0 ? Math.Clamp((f.EmaFast - f.EmaSlow) / f.Atr, -1, 1) : 0;
        var momentum = Math.Clamp((f.Rsi - 50) / 50, -1, 1);
        var score =
            pattern
            + Contribution(0.25m, (trend + momentum) / 2)
            + Contribution(0.05m, Confluence(signal))
            + Contribution(0.05m, Regime(f.Window, f.Atr));
        _heard.Add(signal);
        var side =
            score >= Threshold ? 1
            : score <= -Threshold ? -1
            : 0;
        var quantity = side == 0 ? 0m : decimal.Floor(Notional / (decimal)signal.Price / _lot) * _lot;
        if (side != 0 && !IsAllowed(signal, side, quantity))
        {
            side = 0;
        }

        Decisions.Add(
            new ExpectedDecision(
                signal,
                side switch
                {
                    1 => "BUY",
                    -1 => "SELL",
                    _ => "HOLD",
                },
                score,
                side == 0 ? 0m : quantity
            )
        );
        if (side != 0)
        {
            _lastOrder = signal.Micros;
            _open.Add(new OpenOrder(signal.Micros, side, signal.Pattern) { Remaining = quantity });
        }
    }

    // No detector speaks again within a second, so that no signal is a repeat.
    private double Confluence(ExpectedSignal signal) =>
        _heard
            .Where(one => one.Pattern != signal.Pattern && signal.Micros - one.Micros < ConfluenceWindow)
            .GroupBy(static one => one.Pattern)
            .Select(static same => same.Last())
            .Sum(one => (one.IsBullish ? 1 : -1) * one.Score * (1 - ((signal.Micros - one.Micros) / (double)ConfluenceWindow))) / 1.5;

    private static double Regime(double[] prices, double atr)
    {
        var path = prices.Zip(prices.Skip(1), static (before, after) => Math.Abs(after - before)).Sum();
        if (prices.Length < 8 || path == 0)
        {
            return 0;
        }

        var efficiency = Math.Min(1, Math.Abs(prices[^1] - prices[0]) / path);
        var isVolatile = atr / (path / (prices.Length - 1)) >= 2;
        return isVolatile || efficiency < 0.3 ? 0 : Math.Sign(prices[^1] - prices[0]) * efficiency;
    }

    private bool IsAllowed(ExpectedSignal signal, int side, decimal quantity)
    {
        if (signal.Features.Trades < WarmUp || signal.Micros < _lastOrder + OrderCoolDown || quantity <= 0)
        {
            return false;
        }

        var exposure = _position + _open.Sum(static o => o.Side * o.Remaining);
        var after = exposure + (side * quantity);
        return Math.Abs(after) <= Math.Abs(exposure) || Math.Abs(after) * (decimal)signal.Price <= MaxPosition;
    }

    private void Match(CaptureTick tick)
    {
        foreach (var order in _open.ToList())
        {
            var shown = order.Side > 0 ? _ask : _bid;
            var quantity = Math.Min(order.Remaining, shown.Left);
            if (tick.Micros < order.Micros + Latency || quantity <= 0)
            {
                continue;
            }

            shown.Taken += quantity;
            order.Remaining -= quantity;
            Book(tick, order, quantity, shown.Price);
            if (order.Remaining == 0)
            {
                _open.Remove(order);
            }
        }
    }

    private void Book(CaptureTick tick, OpenOrder order, decimal quantity, decimal price)
    {
        var fee = decimal.Round(quantity * price * _feeBps / 10_000m, 8, MidpointRounding.ToEven);
        var signed = order.Side * quantity;
        var realised = 0m;
        if (_position != 0 && Math.Sign(_position) != order.Side)
        {
            var closed = Math.Sign(_position) * Math.Min(quantity, Math.Abs(_position));
            var costOut = closed == _position ? _cost : decimal.Round(_cost * closed / _position, 8, MidpointRounding.ToEven);
            realised = (closed * price) - costOut;
            _cost += ((signed + closed) * price) - costOut;
        }
        else
        {
            _cost += signed * price;
        }

        _position += signed;
        Spent += (signed * price) + fee;
        Trades.Add(
            new ExpectedTrade(
                tick.Seq,
                tick.Micros,
                tick.Symbol,
                order.Side > 0 ? "BUY" : "SELL",
                quantity,
                price,
                fee,
                realised,
                order.Pattern
            )
        );
    }

    private static decimal Contribution(decimal weight, double value) =>
        decimal.Round(weight * (decimal)Math.Round(Math.Clamp(value, -1, 1), 9, MidpointRounding.ToEven), 9, MidpointRounding.ToEven);

    private sealed record OpenOrder(long Micros, int Side, string Pattern)
    {
        public decimal Remaining { get; set; }
    }

    /// <summary>One side of the quote; what we took of it is there again only when price or size changes.</summary>
    private sealed class Shown
    {
        private decimal _size;

        public decimal Price { get; private set; }

        public decimal Taken { get; set; }

        public decimal Left => Math.Max(0, _size - Taken);

        public void Show(decimal price, decimal size)
        {
            if (price != Price || size != _size)
            {
                (Price, _size, Taken) = (price, size, 0);
            }
        }
    }
}
