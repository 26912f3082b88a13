using System.Buffers.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lobster;

/// <summary>One row of a LOBSTER orderbook file.</summary>
internal sealed class LobsterBookRow : IDisposable
{
    private const long EmptyAsk = 9_999_999_999;
    private const long NanosPerUnit = Price.Scale / 10_000;
    private const int FieldsPerLevel = 4;

    private readonly LineReader _lines;
    private readonly string _file;
    private readonly BookLevel[] _bids;
    private readonly BookLevel[] _asks;
    private int _bidCount;
    private int _askCount;

    internal LobsterBookRow(LineReader lines, string file, int levels)
    {
        _lines = lines;
        _file = file;
        _bids = new BookLevel[levels];
        _asks = new BookLevel[levels];
    }

    internal int Levels => _bids.Length;

    internal ReadOnlySpan<BookLevel> Bids => _bids.AsSpan(0, _bidCount);

    internal ReadOnlySpan<BookLevel> Asks => _asks.AsSpan(0, _askCount);

    internal void Read()
    {
        if (!_lines.TryRead(out var line))
        {
            throw new MarketDataException(_file, _lines.Line + 1, "row", "is missing: the message file has more rows");
        }

        (_bidCount, _askCount) = (0, 0);
        var at = 0;
        for (var level = 0; level < Levels; level++)
        {
            var (askPrice, askSize) = (Next(line, ref at, level, "ask_price"), Next(line, ref at, level, "ask_size"));
            var (bidPrice, bidSize) = (Next(line, ref at, level, "bid_price"), Next(line, ref at, level, "bid_size"));
            Put(_asks, ref _askCount, level, askPrice, askSize, EmptyAsk, "ask");
            Put(_bids, ref _bidCount, level, bidPrice, bidSize, -EmptyAsk, "bid");
        }

        if (at <= line.Length)
        {
            throw Failure("row", $"has more than {Levels * FieldsPerLevel} fields");
        }
    }

    internal void RequireEnd()
    {
        if (_lines.TryRead(out _))
        {
            throw Failure("row", "is left over: the message file has fewer rows");
        }
    }

    public void Dispose() => _lines.Dispose();

    private long Next(ReadOnlySpan<byte> line, ref int at, int level, string field)
    {
        if (at > line.Length)
        {
            throw Failure("row", $"has fewer than {Levels * FieldsPerLevel} fields");
        }

        var comma = line[at..].IndexOf((byte)',');
        var text = comma < 0 ? line[at..] : line.Slice(at, comma);
        at += text.Length + 1;
        return Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length && value is >= -EmptyAsk and <= EmptyAsk
            ? value
            : throw Failure($"{field}_{level + 1}", $"'{OutsideText.Show(text)}' is no whole number of ten digits");
    }

    /// <summary>Empty levels follow the others; prices get worse from level to level.</summary>
    private void Put(BookLevel[] levels, ref int count, int level, long price, long size, long empty, string side)
    {
        if (price == empty)
        {
            return;
        }

        var nanos = price * NanosPerUnit;
        if (price <= 0 || size <= 0)
        {
            throw Failure(price <= 0 ? $"{side}_price_{level + 1}" : $"{side}_size_{level + 1}", "must be above zero");
        }

        var better = count > 0 && (empty > 0 ? nanos <= levels[count - 1].Price.Nanos : nanos >= levels[count - 1].Price.Nanos);
        if (count != level || better)
        {
            throw Failure(
                $"{side}_price_{level + 1}",
                better ? "is not worse than that of the level before" : "follows after an empty level"
            );
        }

        levels[count++] = new BookLevel(Price.FromNanos(nanos), Quantity.FromRaw(checked(size * Quantity.Scale)));
    }

    private MarketDataException Failure(string field, string problem) => new(_file, _lines.Line, field, problem);
}
