using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>What the tick store has of a forecast's horizon.</summary>
/// <param name="Prices">Prices of the trades that followed, nearest first.</param>
/// <param name="IsOver">Whether nothing more can come: later ticks are known.</param>
internal sealed record Realisation(IReadOnlyList<double> Prices, bool IsOver);

/// <summary>Finds the trades that followed forecasts in the tick store, which is off the path of decisions.</summary>
internal sealed class RealisedTrades(ITickHistory history)
{
    // How far behind others the event time of a tick may lie.
    private static readonly TimeSpan Disorder = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads once for all forecasts of one run.</summary>
    /// <param name="forecasts">One at least, of one run.</param>
    /// <param name="within">Event time in which the trades must have come.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>One for each forecast, in their order.</returns>
    public async Task<IReadOnlyList<Realisation>> ReadAsync(
        IReadOnlyList<FollowedForecast> forecasts,
        TimeSpan within,
        CancellationToken ct
    )
    {
        Collection[] all = [.. forecasts.Select(one => new Collection(one, within))];
        var open = all.GroupBy(static one => one.Symbol)
            .ToDictionary(static of => of.Key, static of => of.ToList(), StringComparer.Ordinal);
        var range = new TickRange(
            [.. open.Keys],
            forecasts.Min(static one => one.At) - Disorder,
            forecasts.Max(static one => one.At) + within + Disorder,
            forecasts[0].Run
        );
        await foreach (var tick in history.ReadAsync(range, after: null, ct))
        {
            if (open.TryGetValue(tick.Symbol, out var waiting) && Take(waiting, tick) && open.Remove(tick.Symbol) && open.Count == 0)
            {
                break;
            }
        }

        return [.. all.Select(static one => one.Found)];
    }

    // True once nothing of the symbol is waited for.
    private static bool Take(List<Collection> waiting, Tick tick)
    {
        waiting.RemoveAll(one => one.Take(tick));
        return waiting.Count == 0;
    }

    private sealed class Collection(FollowedForecast forecast, TimeSpan within)
    {
        private readonly List<Tick> _trades = new(forecast.Horizon + 1);
        private DateTimeOffset _latest;
        private bool _isOver;

        public string Symbol => forecast.Symbol;

        public Realisation Found => new([.. _trades.Select(static tick => tick.Price.ToDouble())], _isOver);

        /// <summary>True when nothing more is wanted.</summary>
        public bool Take(Tick tick)
        {
            var isBeyond = tick.Timestamp - forecast.At > within;
            if (!isBeyond && forecast.SpeaksOf(tick))
            {
                Add(tick);
            }

            _isOver = isBeyond || (_trades.Count == forecast.Horizon && tick.Timestamp - _latest > Disorder);
            return _isOver;
        }

        // By number: a trade whose time lies behind that of a later one was seen before it.
        private void Add(Tick tick)
        {
            var place = _trades.FindLastIndex(known => known.Seq < tick.Seq) + 1;
            if (place < forecast.Horizon)
            {
                _trades.Insert(place, tick);
                if (_trades.Count > forecast.Horizon)
                {
                    _trades.RemoveAt(forecast.Horizon);
                }

                _latest = _trades.Max(static known => known.Timestamp);
            }
        }
    }
}
