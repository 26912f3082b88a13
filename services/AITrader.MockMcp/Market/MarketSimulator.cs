namespace AITrader.MockMcp.Market;

/// <summary>A market of correlated symbols. A pure state machine: the same seed and the same number of steps give the same prices.</summary>
/// <remarks>
/// Each step the market moves as a whole (a trend drifts, a range pulls back, seldom it jumps), and each symbol follows by its beta with a move of its
/// own. Every symbol draws the same count of random numbers at every step, so that one symbol's state never shifts another's.
/// </remarks>
internal sealed class MarketSimulator
{
    private const double Bps = 1e-4;
    private const double JumpChance = 0.002;
    private const double JumpBps = 35;
    private const double RegimeChange = 1.0 / 150;
    private const double TrendBps = 0.6;
    private const double RangePull = 0.03;
    private const double OwnShare = 1.0;

    private readonly Random _random;
    private readonly double _stepVolatility;
    private readonly SymbolBook[] _books;
    private double _market;
    private double _anchor;

    public MarketSimulator(MarketOptions options)
    {
#pragma warning disable CA5394 // Seeded on purpose: nothing secret, and the same again.
        _random = new Random(options.Seed);
#pragma warning restore CA5394
        _stepVolatility = options.StepVolatilityBps * Bps;
        _books = [.. Listing.All.Where(static listing => !listing.IsIndex).Select(static listing => new SymbolBook(listing))];
        Array.ForEach(_books, book => book.Quote(Draw()));
    }

    public IReadOnlyList<SymbolBook> Books => _books;

    public MarketRegime Regime { get; private set; }

    public long Steps { get; private set; }

    /// <summary>The index: an average of its members' performance.</summary>
    public decimal Index(Listing index) =>
        Tick(index.BasePrice * _books.Average(static book => book.Last / book.Listing.BasePrice));

    public void Step()
    {
        Steps++;
        ChangeRegime();
        var move = MarketMove();
        _market += move;
        foreach (var book in _books)
        {
            var own = OwnShare * _stepVolatility * Gauss();
            book.Move((book.Listing.Beta * move) + own, Draw());
        }
    }

    private static decimal Tick(decimal price) => decimal.Round(price / Listing.TickSize) * Listing.TickSize;

    private void ChangeRegime()
    {
        var isOver = _random.NextDouble() < RegimeChange;
        var next = (MarketRegime)_random.Next(3);
        if (isOver)
        {
            Regime = next;
            _anchor = _market;
        }
    }

    private double MarketMove()
    {
        var noise = _stepVolatility * Gauss();
        var isJump = _random.NextDouble() < JumpChance;
        var jump = JumpBps * Bps * Gauss();
        var drift = Regime switch
        {
            MarketRegime.TrendUp => TrendBps * Bps,
            MarketRegime.TrendDown => -TrendBps * Bps,
            _ => RangePull * (_anchor - _market),
        };
        return noise + drift + (isJump ? jump : 0);
    }

    private BookDraw Draw()
    {
        var sizes = new uint[2 * SymbolBook.Levels];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (uint)_random.Next(1, 2000);
        }

        return new BookDraw(_random.NextDouble(), (uint)_random.Next(1, 250), sizes);
    }

    private double Gauss()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}

/// <summary>The random numbers of one symbol's step.</summary>
internal readonly record struct BookDraw(double Aggressor, uint Quantity, uint[] Sizes);
