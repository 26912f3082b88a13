using System.Globalization;
using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.MarketData.Caches;

/// <summary>The last reading of every symbol, for those who want to know now and not to follow. Safe from any thread.</summary>
/// <remarks>Volume is that of the session (UTC day) as far as this process, or the present replay, has seen it.</remarks>
internal sealed class MarketCaches
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _quoted = new(StringComparer.Ordinal);
    private string _run = string.Empty;

    public void Observe(IReadOnlyList<Tick> ticks)
    {
        lock (_gate)
        {
            foreach (var tick in ticks)
            {
                Observe(tick);
            }
        }
    }

    /// <summary>Cache entries of what changed since the last call.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TakeChanges()
    {
        var items = new List<KeyValuePair<string, string>>();
        lock (_gate)
        {
            foreach (var symbol in _changed)
            {
                var reading = _readings[symbol];
                items.Add(new(CacheKeys.Price(symbol), reading.Price.ToString(CultureInfo.InvariantCulture)));
                items.Add(new(CacheKeys.Volume(symbol), reading.Volume.ToString(CultureInfo.InvariantCulture)));
            }

            _changed.Clear();
        }

        return items;
    }

    /// <summary>Best bid and ask of what changed since the last call, where both are known.</summary>
    public IReadOnlyList<KeyValuePair<string, BestQuote>> TakeQuotes()
    {
        var quotes = new List<KeyValuePair<string, BestQuote>>();
        lock (_gate)
        {
            foreach (var symbol in _quoted)
            {
                if (_readings[symbol].TryQuote(out var quote))
                {
                    quotes.Add(new(symbol, quote));
                }
            }

            _quoted.Clear();
        }

        return quotes;
    }

    private void Observe(Tick tick)
    {
        if (tick.Run != _run)
        {
            _run = tick.Run;
            _readings.Clear();
            _changed.Clear();
            _quoted.Clear();
        }

        var before = _readings.GetValueOrDefault(tick.Symbol);
        var isTrade = tick.Kind == TickKind.Trade;
        var isSameSession = before.Timestamp.UtcDateTime.Date == tick.Timestamp.UtcDateTime.Date;
        _readings[tick.Symbol] = new Reading(
            isTrade || before.Price == 0 ? tick.Price : before.Price,
            (isSameSession ? before.Volume : 0) + tick.Volume,
            tick.Bid ?? before.Bid,
            tick.Bid is null ? before.BidSize : tick.BidSize,
            tick.Ask ?? before.Ask,
            tick.Ask is null ? before.AskSize : tick.AskSize,
            tick.Timestamp,
            tick.Source
        );
        _changed.Add(tick.Symbol);
        _quoted.Add(tick.Symbol);
    }

    private readonly record struct Reading(
        decimal Price,
        decimal Volume,
        decimal? Bid,
        decimal? BidSize,
        decimal? Ask,
        decimal? AskSize,
        DateTimeOffset Timestamp,
        string Source
    )
    {
        /// <summary>Best bid and ask; none where a side is not known, or has no quantity.</summary>
        public bool TryQuote(out BestQuote quote)
        {
            quote = default;
            if (!TryLevel(Bid, BidSize, out var bid) || !TryLevel(Ask, AskSize, out var ask))
            {
                return false;
            }

            quote = new BestQuote(Source, bid, ask, EventTime.ToMicros(Timestamp));
            return true;
        }

        private static bool TryLevel(decimal? price, decimal? size, out BookLevel level)
        {
            level = default;
            if (!Domain.Prices.Price.TryCreate(price ?? 0, out var exact) || !Quantity.TryCreate(size ?? 0, out var quantity))
            {
                return false;
            }

            level = new BookLevel(exact, quantity);
            return exact.Nanos > 0 && quantity.Raw > 0;
        }
    }
}

/// <summary>Best bid and ask of a symbol.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="TimeMicros">Event time.</param>
internal readonly record struct BestQuote(string Source, BookLevel Bid, BookLevel Ask, long TimeMicros);
