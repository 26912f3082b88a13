using AITrader.Contracts.Messages;
using AITrader.MarketData.Diagnostics;
using AITrader.Markets;
using AITrader.Markets.Formats;
using AITrader.Markets.Normalization;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Makes ticks and books of messages, and fetches the trades that are missing between two of them before the second goes on. One caller at a time.</summary>
internal sealed class BinanceStream(
    TickIntake intake, BinanceStreamDecoder decoder, BookKeeper books, BinanceRest rest, SilenceGuard guard, TickQueue queue, TimeProvider time, IOptions<BinanceOptions> options,
    ILogger logger)
{
    private readonly List<Tick> _ticks = [];
    private readonly List<string> _names = [];
    private int _garbage;

    /// <summary>Makes a symbol known; the order is that of the intake's symbols.</summary>
    public void Define(string venueName)
    {
        books.Define(_names.Count, intake.Symbols[_names.Count], venueName);
        _names.Add(venueName);
    }

    /// <summary>The venue's names, by symbol.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>A new line stands: trades since the last one are fetched before anything of it is read.</summary>
    public async Task StartLineAsync(CancellationToken ct)
    {
        _garbage = 0;
        books.StartLine();
        await queue.AddAsync(_ticks, ct);
        for (var symbol = 0; symbol < _names.Count; symbol++)
        {
            if (intake.LastTrade(symbol) > 0)
            {
                await FillAsync(symbol, await NewestAsync(symbol, ct) + 1, ct);
            }
        }
    }

    /// <summary>Takes one message; false where the line is to be made anew.</summary>
    /// <exception cref="InvalidDataException">Too many messages in a row made no sense.</exception>
    public async ValueTask<bool> TakeAsync(ReadOnlyMemory<byte> message, DateTimeOffset received, CancellationToken ct)
    {
        var micros = EventTime.ToMicros(received);
        books.Settle(ct);
        if (!TryDecode(message.Span, micros, out var kind))
        {
            return true;
        }

        switch (kind)
        {
            case BinanceMessageKind.Depth:
                guard.Heard(decoder.Depth.Symbol);
                books.Apply(decoder.Depth, ct);
                break;
            case BinanceMessageKind.Trade or BinanceMessageKind.Quote:
                guard.Heard(decoder.Tick.Tick.Symbol);
                await TakeTickAsync(decoder.Tick, ct);
                break;
            case BinanceMessageKind.Shutdown:
                return false;
            case BinanceMessageKind.Refusal:
                throw new InvalidDataException("the venue refuses a subscription");
            default:
                break;
        }

        return true;
    }

    private async ValueTask TakeTickAsync(SourceTick tick, CancellationToken ct)
    {
        if (intake.Take(tick, _ticks) == TickVerdict.Gap)
        {
            await FillAsync(tick.Tick.Symbol, tick.Sequence, ct);
            intake.Take(tick with { IsGapFinal = true }, _ticks);
        }

        if (_ticks.Count > 0)
        {
            await queue.AddAsync(_ticks, ct);
        }
    }

    // Pages of trades up to one that is known, at most the newest so many; what the venue does not give is left missing.
    private async Task FillAsync(int symbol, long end, CancellationToken ct)
    {
        var hole = end - intake.LastTrade(symbol) - 1;
        var filled = 0L;
        for (var from = Math.Max(intake.LastTrade(symbol) + 1, end - options.Value.FillLimit); from < end; from = intake.LastTrade(symbol) + 1)
        {
            if (await PageAsync(symbol, from, ct) is not { Count: > 0 } page)
            {
                break;
            }

            foreach (var trade in page.Where(trade => trade.Sequence >= from && trade.Sequence < end))
            {
                intake.Take(trade with { IsGapFinal = true }, _ticks);
                filled++;
            }

            await queue.AddAsync(_ticks, ct);
            if (intake.LastTrade(symbol) < from)
            {
                break;
            }
        }

        Tell(intake.Symbols[symbol], hole, filled);
    }

    private void Tell(string symbol, long hole, long filled)
    {
        if (hole > filled)
        {
            logger.TradesMissing(symbol, filled, hole - filled, options.Value.FillLimit);
        }
        else if (hole > 0)
        {
            logger.TradesFilled(symbol, filled);
        }
    }

    // Number of the venue's newest trade. Where that cannot be had now, the one that is known: the first trade of the line will show the hole.
    private async Task<long> NewestAsync(int symbol, CancellationToken ct)
    {
        var known = intake.LastTrade(symbol);
        var newest = Decode(await rest.NewestTradeAsync(_names[symbol], ct), symbol);
        return newest is { Count: > 0 } ? Math.Max(known, newest[^1].Sequence) : known;
    }

    private async Task<IReadOnlyList<SourceTick>?> PageAsync(int symbol, long from, CancellationToken ct) =>
        Decode(await rest.TradesAsync(_names[symbol], from, ct), symbol);

    private IReadOnlyList<SourceTick>? Decode(byte[]? json, int symbol)
    {
        try
        {
            return json is null ? null : decoder.DecodeTrades(json, symbol, EventTime.ToMicros(time.GetUtcNow()));
        }
        catch (MarketDataException)
        {
            intake.CountGarbage();
            return null;
        }
    }

    private bool TryDecode(ReadOnlySpan<byte> message, long micros, out BinanceMessageKind kind)
    {
        kind = default;
        try
        {
            kind = decoder.Decode(message, micros);
            var symbol = kind == BinanceMessageKind.Depth ? decoder.Depth.Symbol : kind is BinanceMessageKind.Trade or BinanceMessageKind.Quote ? decoder.Tick.Tick.Symbol : 0;
            if (symbol < _names.Count)
            {
                _garbage = 0;
                return true;
            }
        }
        catch (MarketDataException)
        {
            // What was in it is found missing by the next number.
        }

        intake.CountGarbage();
        return ++_garbage < options.Value.GarbageLimit ? false : throw new InvalidDataException($"{_garbage} messages in a row make no sense");
    }
}
