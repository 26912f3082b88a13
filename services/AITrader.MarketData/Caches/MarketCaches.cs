using System.Globalization;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Contracts.Messages;

namespace AITrader.MarketData.Caches;

/// <summary>The last reading of every symbol, for those who want to know now and not to follow. Safe from any thread.</summary>
/// <remarks>Volume is that of the session (UTC day) as far as this process, or the present replay, has seen it.</remarks>
internal sealed class MarketCaches
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
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
                items.Add(new(CacheKeys.Book(symbol), Book(reading)));
            }

            _changed.Clear();
        }

        return items;
    }

    private void Observe(Tick tick)
    {
        if (tick.Run != _run)
        {
            _run = tick.Run;
            _readings.Clear();
            _changed.Clear();
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
            tick.Timestamp);
        _changed.Add(tick.Symbol);
    }

    private static string Book(in Reading reading)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "bid", reading.Bid);
            Write(json, "bid_size", reading.BidSize);
            Write(json, "ask", reading.Ask);
            Write(json, "ask_size", reading.AskSize);
            json.WriteString("timestamp", reading.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private readonly record struct Reading(
        decimal Price, decimal Volume, decimal? Bid, decimal? BidSize, decimal? Ask, decimal? AskSize, DateTimeOffset Timestamp);
}
