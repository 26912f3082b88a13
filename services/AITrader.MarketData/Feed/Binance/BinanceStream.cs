using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;
using AITrader.MarketData.Diagnostics;
using AITrader.OrderBooks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Makes ticks and books of messages, and fetches the trades that are missing between two of them before the second goes
/// on.</summary>
/// <remarks>Its lines take turns, each message as a whole, so that ticks reach the queue in the order of their numbers. Whoever fetches
/// does so outside of a turn: only its own line waits.</remarks>
internal sealed class BinanceStream(
    TickIntake intake,
    SkippedItems skipped,
    BinanceStreamDecoder decoder,
    BookKeeper books,
    BinanceRest rest,
    SilenceGuard guard,
    TickQueue queue,
    TimeProvider time,
    IOptions<BinanceOptions> options,
    ILogger logger
) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Tick> _ticks = [];
    private readonly List<string> _names = [];

    /// <summary>Makes a symbol known; the order is that of the intake's symbols.</summary>
    public void Define(string venueName)
    {
        books.Define(_names.Count, intake.Symbols[_names.Count], venueName);
        _names.Add(venueName);
    }

    /// <summary>The venue's names, by symbol.</summary>
    public IReadOnlyList<string> Names => _names;

    public void Dispose() => _turn.Dispose();

    /// <summary>A new line of these symbols stands: trades since the last one are fetched before anything of it is read.</summary>
    public async Task StartLineAsync(LineSymbols line, CancellationToken ct)
    {
        line.Garbage = 0;
        await InTurnAsync(
            () =>
            {
                books.StartLine(line.Symbols);
                foreach (var symbol in line.Symbols)
                {
                    intake.StartLine(symbol);
                }
            },
            ct
        );
        foreach (var symbol in line.Symbols.Where(symbol => intake.LastTrade(symbol) > 0))
        {
            await CatchUpAsync(symbol, ct);
        }
    }

    /// <summary>Takes one message; false where the line is to be made anew.</summary>
    /// <exception cref="InvalidDataException">Too many messages in a row made no sense.</exception>
    public async ValueTask<bool> TakeAsync(LineSymbols line, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        SourceTick? beyondGap;
        await _turn.WaitAsync(ct);
        try
        {
            if (!Judge(line, message.Span, out beyondGap, ct))
            {
                return false;
            }

            await queue.AddAsync(_ticks, ct);
        }
        finally
        {
            _turn.Release();
        }

        if (beyondGap is { } tick)
        {
            await FillAsync(tick.Tick.Symbol, tick.Sequence, ct);
            await InTurnAsync(() => intake.Take(tick with { IsGapFinal = true }, _ticks), ct);
        }

        return true;
    }

    private bool Judge(LineSymbols line, ReadOnlySpan<byte> message, out SourceTick? beyondGap, CancellationToken ct)
    {
        beyondGap = null;
        books.Settle(ct);
        if (!TryDecode(line, message, EventTime.ToMicros(time.GetUtcNow()), out var kind))
        {
            return true;
        }

        switch (kind)
        {
            case BinanceMessageKind.Depth when books.Apply(decoder.Depth, ct) != DiffOutcome.Stale:
                guard.Heard(decoder.Depth.Symbol);
                break;
            case BinanceMessageKind.Trade or BinanceMessageKind.Quote:
                beyondGap = Take(decoder.Tick);
                break;
            case BinanceMessageKind.Foreign:
                skipped.Skip(SkipReasons.Symbol, $"messages of {decoder.Foreign}, a name that cannot be carried");
                break;
            case BinanceMessageKind.Refusal:
                skipped.Skip(SkipReasons.Refusal, $"the venue refuses a subscription: {decoder.Refusal}");
                break;
            default:
                break;
        }

        return kind != BinanceMessageKind.Shutdown;
    }

    // What was seen before says nothing of how the instrument is now.
    private SourceTick? Take(in SourceTick tick)
    {
        var verdict = intake.Take(tick, _ticks);
        if (verdict is not (TickVerdict.Duplicate or TickVerdict.OutOfOrder))
        {
            guard.Heard(tick.Tick.Symbol);
        }

        return verdict == TickVerdict.Gap ? tick : null;
    }

    private async Task CatchUpAsync(int symbol, CancellationToken ct)
    {
        // Where the newest cannot be had now, the first trade of the line will show the hole.
        if (await DecodeAsync(rest.NewestTradeAsync(_names[symbol], ct), symbol) is not { Count: > 0 } found)
        {
            return;
        }

        var newest = found[^1];
        if (newest.Sequence < intake.LastTrade(symbol) && newest.SourceMicros > intake.LastTradeMicros(symbol))
        {
            // Lower and yet later: the venue counts its trades anew.
            await InTurnAsync(() => intake.BeginTradesAgain(symbol, newest.Sequence), ct);
        }

        await FillAsync(symbol, newest.Sequence + 1, ct);
    }

    // Pages of trades up to one that is known, at most the newest so many; what the venue does not give is left missing.
    private async Task FillAsync(int symbol, long end, CancellationToken ct)
    {
        var hole = end - intake.LastTrade(symbol) - 1;
        var filled = 0L;
        for (
            var from = Math.Max(intake.LastTrade(symbol) + 1, end - options.Value.FillLimit);
            from < end;
            from = intake.LastTrade(symbol) + 1
        )
        {
            if (await DecodeAsync(rest.TradesAsync(_names[symbol], from, ct), symbol) is not { Count: > 0 } page)
            {
                break;
            }

            var fresh = page.Where(trade => trade.Sequence >= from && trade.Sequence < end).ToList();
            await InTurnAsync(() => fresh.ForEach(trade => intake.Take(trade with { IsGapFinal = true }, _ticks)), ct);
            filled += fresh.Count;
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

    private async Task InTurnAsync(Action act, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            act();
            await queue.AddAsync(_ticks, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IReadOnlyList<SourceTick>?> DecodeAsync(Task<byte[]?> answer, int symbol)
    {
        if (await answer is not { } json)
        {
            return null;
        }

        try
        {
            var trades = new BinanceStreamDecoder(intake.Symbols, isSpot: false, BinanceFeed.Source);
            var found = trades.DecodeTrades(json, symbol, EventTime.ToMicros(time.GetUtcNow()));
            if (trades.SkippedTrades > 0)
            {
                skipped.Skip(SkipReasons.Trade, $"old trades of {intake.Symbols[symbol]} that make no sense", trades.SkippedTrades);
            }

            return found;
        }
        catch (MarketDataException)
        {
            intake.CountGarbage();
            return null;
        }
    }

    private bool TryDecode(LineSymbols line, ReadOnlySpan<byte> message, long micros, out BinanceMessageKind kind)
    {
        kind = default;
        try
        {
            kind = decoder.Decode(message, micros);
            var symbol =
                kind == BinanceMessageKind.Depth ? decoder.Depth.Symbol
                : kind is BinanceMessageKind.Trade or BinanceMessageKind.Quote ? decoder.Tick.Tick.Symbol
                : 0;
            if (symbol < _names.Count)
            {
                line.Garbage = 0;
                return true;
            }
        }
        catch (MarketDataException)
        {
            // What was in it is found missing by the next number.
        }

        intake.CountGarbage();
        return ++line.Garbage < options.Value.GarbageLimit
            ? false
            : throw new InvalidDataException($"{line.Garbage} messages in a row make no sense");
    }
}
