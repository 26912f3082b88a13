using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Market;

/// <summary>The running market: steps it, takes liquidity from its books for orders, and publishes its state. Safe from any
/// thread.</summary>
internal sealed class LiveMarket
{
    private readonly Lock _gate = new();
    private readonly MarketBoard _board;
    private readonly MarketControl _control;
    private readonly CandleRecorder _candles;
    private MarketOptions _options;
    private MarketSimulator _market;
    private DateOnly _day;

    public LiveMarket(MarketBoard board, MarketControl control, CandleRecorder candles, IOptions<MarketOptions> options, TimeProvider clock)
    {
        (_board, _control, _candles, _options) = (board, control, candles, options.Value);
        _market = new MarketSimulator(_options);
        var now = clock.GetUtcNow();
        _day = IndianTime.DateOf(now);
        Publish(now);
    }

    /// <summary>One step of the market; on a new day first the books start anew.</summary>
    public void Step(DateTimeOffset now)
    {
        lock (_gate)
        {
            StartDay(IndianTime.DateOf(now));
            _control.ApplyTo(_market);
            _market.Step();
            Publish(now);
        }
    }

    /// <summary>Starts the market again from its base prices, with another seed.</summary>
    public void Restart(int seed, DateTimeOffset now)
    {
        lock (_gate)
        {
            _options = new MarketOptions
            {
                Seed = seed,
                TicksPerSecond = _options.TicksPerSecond,
                StepVolatilityBps = _options.StepVolatilityBps,
                Correlation = _options.Correlation,
                Schedule = _options.Schedule,
            };
            _market = new MarketSimulator(_options);
            Publish(now);
        }
    }

    /// <summary>Takes up to a quantity from the book, best price first, none worse than the limit.</summary>
    public IReadOnlyList<Execution> Take(uint token, bool isBuy, int quantity, decimal? limit, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_market.Books.FirstOrDefault(book => book.Listing.Token == token) is not { } book)
            {
                return [];
            }

            var taken = book.Take(isBuy, quantity, limit);
            if (taken.Count > 0)
            {
                Publish(now);
            }

            return taken;
        }
    }

    private void StartDay(DateOnly today)
    {
        if (today == _day)
        {
            return;
        }

        _day = today;
        foreach (var book in _market.Books)
        {
            book.StartDay();
        }
    }

    private void Publish(DateTimeOffset now)
    {
        _board.Show(_market, now);
        _candles.Record(_board.Entries.Values, now);
    }
}
