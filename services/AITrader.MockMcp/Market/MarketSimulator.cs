namespace AITrader.MockMcp.Market;

/// <summary>A market of correlated symbols. A pure state machine: the same seed, forced regimes and number of steps give the same
/// prices.</summary>
/// <remarks>A one-factor model. In each step the market moves as a whole (a trend drifts, a range pulls back, occasionally it jumps), and
/// each symbol follows by its beta with a move of its own: <c>r = beta m + e</c>, which correlates any two symbols by their betas. With a
/// correlation c it is <c>r = beta (sqrt(2c) z + sqrt(2(1-c)) e + drift + jump)</c> instead, of the same variance, where z is the noise of
/// the market and e that of the symbol. During a halt the fair prices move on, and the auction at its end trades at them. Every symbol
/// draws the same count of random numbers in every step, so that neither the state of one symbol nor a regime changes what is drawn
/// later.</remarks>
internal sealed class MarketSimulator
{
    private const double Bps = 1e-4;
    private const double JumpChance = 0.002;
    private const double JumpBps = 35;
    private const double RegimeChange = 1.0 / 150;
    private const double TrendBps = 0.6;
    private const double RangePull = 0.03;
    private const double OwnShare = 1.0;
    private const double LargeJumpBps = 120;
    private const double JumpVolatility = 2;

    private readonly Random _random;
    private readonly double _stepVolatility;
    private readonly SymbolBook[] _books;
    private readonly RegimePlan _plan;
    private double _market;
    private double _anchor;
    private bool _isFirstOfJump;

    public MarketSimulator(MarketOptions options)
    {
#pragma warning disable CA5394 // Seeded on purpose: nothing secret, and repeatable.
        _random = new Random(options.Seed);
#pragma warning restore CA5394
        _plan = new RegimePlan(
            RegimePhase.TryParseAll(options.Schedule, out var schedule, out var wrong)
                ? schedule
                : throw new ArgumentException($"'{wrong}' is no regime", nameof(options))
        );
        Correlation = options.Correlation;
        _stepVolatility = options.StepVolatilityBps * Bps;
        _books = [.. Listing.All.Where(static listing => !listing.IsIndex).Select(static listing => new SymbolBook(listing))];
        Array.ForEach(_books, book => book.Quote(Draw()));
    }

    public IReadOnlyList<SymbolBook> Books => _books;

    public MarketRegime Regime { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Correlation of any two symbols' moves; null for that of their betas.</summary>
    public double? Correlation { get; set; }

    /// <summary>Forces a regime from the next step on, for its number of steps.</summary>
    public void Force(RegimePhase phase) => _plan.Force(phase);

    /// <summary>Price of an index: the average performance of its members.</summary>
    public decimal Index(Listing index) => Tick(index.BasePrice * _books.Average(static book => book.Last / book.Listing.BasePrice));

    public void Step()
    {
        Steps++;
        ChangeRegime();
        var volatility = _stepVolatility * (Regime == MarketRegime.Jump ? JumpVolatility : 1);
        var (noise, push) = MarketMove(volatility);
        _market += noise + push;
        foreach (var book in _books)
        {
            var own = OwnShare * volatility * Gauss();
            var draw = Draw();
            var move = Correlation is { } c
                ? book.Listing.Beta * (noise + (Math.Sqrt(2 * (1 - c)) * own) + push)
                : (book.Listing.Beta * (noise + push)) + own;
            if (Regime == MarketRegime.Halt)
            {
                book.Halt(move, draw);
            }
            else
            {
                book.Move(move, draw);
            }
        }
    }

    private static decimal Tick(decimal price) => decimal.Round(price / Listing.TickSize) * Listing.TickSize;

    private void ChangeRegime()
    {
        var isOver = _random.NextDouble() < RegimeChange;
        var next = (MarketRegime)_random.Next(3);
        var wasPlanned = _plan.IsActive;
        _isFirstOfJump = false;
        if (_plan.Next() is { } phase)
        {
            Become(phase.Regime);
        }
        else if (!_plan.IsActive && (isOver || wasPlanned))
        {
            Become(next);
        }
    }

    private void Become(MarketRegime regime)
    {
        Regime = regime;
        _anchor = _market;
        _isFirstOfJump = regime == MarketRegime.Jump;
    }

    private (double Noise, double Push) MarketMove(double volatility)
    {
        var noise = volatility * Gauss() * (Correlation is { } c ? Math.Sqrt(2 * c) : 1);
        var isJump = _random.NextDouble() < JumpChance;
        var size = Gauss();
        var drift = Regime switch
        {
            MarketRegime.TrendUp => TrendBps * Bps,
            MarketRegime.TrendDown => -TrendBps * Bps,
            MarketRegime.Range => RangePull * (_anchor - _market),
            _ => 0,
        };
        var jump = (isJump ? JumpBps * Bps * size : 0) + (_isFirstOfJump ? Math.CopySign(LargeJumpBps * Bps, size) : 0);
        return (noise, drift + jump);
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
