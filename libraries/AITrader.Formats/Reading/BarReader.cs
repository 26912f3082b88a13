using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;

namespace AITrader.Formats.Reading;

/// <summary>Reads time bars from one source in time order. For one thread.</summary>
public abstract class BarReader : IDisposable
{
    private readonly Dictionary<int, long> _lastStarts = [];

    private protected BarReader(string file, SymbolTable symbols) => (File, Symbols) = (file, symbols);

    /// <summary>File as the user named it.</summary>
    public string File { get; }

    /// <summary>Symbols of the bars.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Where its bars come from, as <see cref="TickReader.Source"/> spells it.</summary>
    public abstract string Source { get; }

    /// <summary>Line or row read last, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>Bars read.</summary>
    public long Bars { get; private set; }

    /// <summary>Reads the next bar.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">The file is malformed or cannot be read.</exception>
    public bool TryRead(out Bar bar)
    {
        if (TryReadBar(out bar))
        {
            Accept(bar);
            return true;
        }

        if (Bars == 0)
        {
            throw Failure("file", "holds no bars");
        }

        bar = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Finds the next bar, before its prices and its time are looked at.</summary>
    private protected abstract bool TryReadBar(out Bar bar);

    private protected MarketDataException Failure(string field, string problem) => new(File, Math.Max(Line, 1), field, problem);

    private protected int RequireSymbol(string field, ReadOnlySpan<byte> text) =>
        Symbols.TryIntern(text, out var symbol) ? symbol : throw Failure(field, TickReader.DescribeSymbol(text));

    private void Accept(in Bar bar)
    {
        Check(bar.Trade, "high", "low");
        Check(bar.Bid, "bid_high", "bid_low");
        Check(bar.Ask, "ask_high", "ask_low");
        if (_lastStarts.TryGetValue(bar.Symbol, out var last) && bar.StartMicros <= last)
        {
            throw Failure(
                "time",
                bar.StartMicros == last ? "is that of the bar before" : TickReader.DescribeGoingBack(last, bar.StartMicros)
            );
        }

        _lastStarts[bar.Symbol] = bar.StartMicros;
        Bars++;
    }

    private void Check(in Ohlc prices, string high, string low)
    {
        if (prices.High < prices.Open || prices.High < prices.Close)
        {
            throw Failure(high, $"{prices.High} is below open {prices.Open} or close {prices.Close}");
        }

        if (prices.Low > prices.Open || prices.Low > prices.Close)
        {
            throw Failure(low, $"{prices.Low} is above open {prices.Open} or close {prices.Close}");
        }
    }
}
