using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Market;

/// <summary>One symbol: a hidden fair price, an order book of five levels around it, and the totals of the day.</summary>
internal sealed class SymbolBook(Listing listing)
{
    public const int Levels = KitePacket.Levels;

    private const double Pull = 0.0005;
    private const double SpreadShare = 0.00015;
    private const decimal Circuit = 0.10m;

    private double _logFair;
    private decimal _turnover;
    private uint _waiting;

    public Listing Listing => listing;

    public decimal Last { get; private set; } = listing.BasePrice;

    public uint LastQuantity { get; private set; }

    public uint Volume { get; private set; }

    public decimal Average => Volume == 0 ? Last : decimal.Round(_turnover / Volume, 2);

    public decimal Open { get; private set; } = listing.BasePrice;

    public decimal High { get; private set; } = listing.BasePrice;

    public decimal Low { get; private set; } = listing.BasePrice;

    public decimal Close { get; private set; } = listing.BasePrice;

    public decimal LowerCircuit => Tick(Close * (1 - Circuit));

    public decimal UpperCircuit => Tick(Close * (1 + Circuit));

    public IReadOnlyList<KiteLevel> Bids { get; private set; } = [];

    public IReadOnlyList<KiteLevel> Offers { get; private set; } = [];

    /// <summary>Whether trading is halted: the order book is empty.</summary>
    public bool IsHalted { get; private set; }

    /// <summary>Whether the last step traded.</summary>
    public bool HasTraded { get; private set; }

    /// <summary>The market's own trade of the last step.</summary>
    public Execution? Printed { get; private set; }

    /// <summary>Moves the fair price, trades once at the bid or the offer, and quotes again; after a halt the trade is that of the
    /// auction.</summary>
    public void Move(double logReturn, BookDraw draw)
    {
        Drift(logReturn);
        Quote(draw);
        if (IsHalted)
        {
            // The quantity that accumulated during the halt trades at one price, the fair price.
            IsHalted = false;
            Print(Tick(Fair()), _waiting + draw.Quantity);
            _waiting = 0;
            return;
        }

        Print(draw.Aggressor < 0.5 + (logReturn > 0 ? 0.2 : -0.2) ? Offers[0].Price : Bids[0].Price, draw.Quantity);
    }

    /// <summary>Moves the fair price without a trade and with an empty order book.</summary>
    public void Halt(double logReturn, BookDraw draw)
    {
        Drift(logReturn);
        (IsHalted, HasTraded, Printed, Bids, Offers) = (true, false, null, [], []);
        _waiting += draw.Quantity;
    }

    /// <summary>Places the order book around the fair price.</summary>
    public void Quote(BookDraw draw)
    {
        var fair = Fair();
        var half = Math.Max(Listing.TickSize, Tick(fair * (decimal)SpreadShare));
        var bid = Tick(fair - (half / 2));
        Bids = [.. Enumerable.Range(0, Levels).Select(level => Level(bid - (Listing.TickSize * level), draw.Sizes[level]))];
        Offers =
        [
            .. Enumerable.Range(0, Levels).Select(level => Level(bid + half + (Listing.TickSize * level), draw.Sizes[Levels + level])),
        ];
    }

    /// <summary>Takes up to a quantity from the book, best price first, none worse than the limit. What was taken is gone until the book is
    /// quoted again.</summary>
    public IReadOnlyList<Execution> Take(bool isBuy, int quantity, decimal? limit)
    {
        var taken = new List<Execution>();
        var left = new List<KiteLevel>();
        foreach (var level in isBuy ? Offers : Bids)
        {
            var isGood = limit is not { } worst || (isBuy ? level.Price <= worst : level.Price >= worst);
            var part = isGood ? (int)Math.Min(quantity, level.Quantity) : 0;
            quantity -= part;
            if (part > 0)
            {
                taken.Add(new Execution(level.Price, part));
                Trade(level.Price, (uint)part);
            }

            if (level.Quantity > part)
            {
                left.Add(Level(level.Price, level.Quantity - (uint)part));
            }
        }

        Offers = isBuy ? left : Offers;
        Bids = isBuy ? Bids : left;
        return taken;
    }

    /// <summary>Starts a new day: the last price becomes the previous close.</summary>
    public void StartDay()
    {
        Close = Open = High = Low = Last;
        Volume = 0;
        _turnover = 0;
    }

    private static KiteLevel Level(decimal price, uint quantity) => new(quantity, price, (ushort)(1 + (quantity / 100)));

    private static decimal Tick(decimal price) => decimal.Round(price / Listing.TickSize) * Listing.TickSize;

    // A weak pull back to the base price keeps a market that runs for weeks within its circuit limits.
    private void Drift(double logReturn) => _logFair += logReturn - (Pull * _logFair);

    private decimal Fair() => Math.Clamp(listing.BasePrice * (decimal)Math.Exp(_logFair), LowerCircuit + 1, UpperCircuit - 1);

    private void Print(decimal price, uint quantity)
    {
        Printed = new Execution(price, (int)quantity);
        Trade(price, quantity);
    }

    private void Trade(decimal price, uint quantity)
    {
        HasTraded = true;
        Last = price;
        LastQuantity = quantity;
        Volume += quantity;
        _turnover += price * quantity;
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
    }
}
