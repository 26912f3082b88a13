using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Binance;

/// <summary>Makes ticks and order books of messages, and fetches the trades that are missing between two of them before the second goes
/// on.</summary>
/// <remarks>Its connections take turns, each message as a wgap, so that ticks reach the queue in the order of their numbers. A fetch is
/// outside of a turn: only its own connection waits.</remarks>
internal sealed class BinanceStream(
    IFeedHost host,
    BinanceMarket market,
    BookKeeper books,
    BinanceRest rest,
    TimeProvider time,
    IOptions<BinanceOptions> options,
    ILogger<BinanceStream> logger
) : IDisposable
{
    private readonly ITickIntake _intake = host.Ticks;
    private readonly BinanceStreamDecoder _decoder = new(host.Ticks.Symbols, market.IsSpot, BinanceVenue.Name);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<Tick> _ticks = [];
    private readonly List<string> _names = [];

    /// <summary>Makes a symbol known; the order is that of the intake's symbols.</summary>
    public void Define(string venueName)
    {
        books.Define(_names.Count, _intake.Symbols[_names.Count], venueName);
        _names.Add(venueName);
    }

    /// <summary>The venue's names, by symbol.</summary>
    public IReadOnlyList<string> Names => _names;

    public void Dispose() => _gate.Dispose();

    /// <summary>A new connection of these symbols is open: trades since the last one are fetched before anything of it is read.</summary>
    public async Task StartConnectionAsync(ConnectionSymbols connection, CancellationToken ct)
    {
        connection.Garbage = 0;
        await ExclusiveAsync(
            () =>
            {
                books.StartConnection(connection.Symbols);
                foreach (var symbol in connection.Symbols)
                {
                    _intake.StartConnection(symbol);
                }
            },
            ct
        );
        foreach (var symbol in connection.Symbols.Where(symbol => _intake.LastTrade(symbol) > 0))
        {
            await CatchUpAsync(symbol, ct);
        }
    }

    /// <summary>Takes one message; false where the connection is to be made anew.</summary>
    /// <exception cref="InvalidDataException">Too many messages in a row made no sense.</exception>
    public async ValueTask<bool> TakeAsync(ConnectionSymbols connection, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        SourceTick? beyondGap;
        await _gate.WaitAsync(ct);
        try
        {
            if (!Judge(connection, message.Span, out beyondGap, ct))
            {
                return false;
            }

            await host.PublishAsync(_ticks, ct);
        }
        finally
        {
            _gate.Release();
        }

        if (beyondGap is { } tick)
        {
            await FillAsync(tick.Tick.Symbol, tick.Sequence, ct);
            await ExclusiveAsync(() => _intake.Take(tick with { IsGapFinal = true }, _ticks), ct);
        }

        return true;
    }

    private bool Judge(ConnectionSymbols connection, ReadOnlySpan<byte> message, out SourceTick? beyondGap, CancellationToken ct)
    {
        beyondGap = null;
        books.Settle(ct);
        if (!TryDecode(connection, message, EventTime.ToMicros(time.GetUtcNow()), out var kind))
        {
            return true;
        }

        switch (kind)
        {
            case BinanceMessageKind.Depth when books.Apply(_decoder.Depth, ct) != DiffOutcome.Stale:
                host.Health.Heard(_decoder.Depth.Symbol);
                break;
            case BinanceMessageKind.Trade or BinanceMessageKind.Quote:
                beyondGap = Take(_decoder.Tick);
                break;
            case BinanceMessageKind.Foreign:
                host.Health.Skip(SkipReasons.Symbol, $"messages of {_decoder.Foreign}, a name that cannot be carried");
                break;
            case BinanceMessageKind.Refusal:
                host.Health.Skip(SkipReasons.Refusal, $"the venue refuses a subscription: {_decoder.Refusal}");
                break;
            default:
                break;
        }

        return kind != BinanceMessageKind.Shutdown;
    }

    // What was seen before says nothing of how the instrument is now.
    private SourceTick? Take(in SourceTick tick)
    {
        var verdict = _intake.Take(tick, _ticks);
        if (verdict is not (TickVerdict.Duplicate or TickVerdict.OutOfOrder))
        {
            host.Health.Heard(tick.Tick.Symbol);
        }

        return verdict == TickVerdict.Gap ? tick : null;
    }

    private async Task CatchUpAsync(int symbol, CancellationToken ct)
    {
        // Where the newest cannot be had now, the first trade of the connection will show the gap.
        if (await DecodeAsync(rest.NewestTradeAsync(_names[symbol], ct), symbol) is not { Count: > 0 } found)
        {
            return;
        }

        var newest = found[^1];
        if (newest.Sequence < _intake.LastTrade(symbol) && newest.SourceMicros > _intake.LastTradeMicros(symbol))
        {
            // Lower and yet later: the venue counts its trades anew.
            await ExclusiveAsync(() => _intake.RestartTrades(symbol, newest.Sequence), ct);
        }

        await FillAsync(symbol, newest.Sequence + 1, ct);
    }

    // Pages of trades up to one that is known, at most the newest so many; what the venue does not give is left missing.
    private async Task FillAsync(int symbol, long end, CancellationToken ct)
    {
        var gap = end - _intake.LastTrade(symbol) - 1;
        var filled = 0L;
        for (
            var from = Math.Max(_intake.LastTrade(symbol) + 1, end - options.Value.FillLimit);
            from < end;
            from = _intake.LastTrade(symbol) + 1
        )
        {
            if (await DecodeAsync(rest.TradesAsync(_names[symbol], from, ct), symbol) is not { Count: > 0 } page)
            {
                break;
            }

            var fresh = page.Where(trade => trade.Sequence >= from && trade.Sequence < end).ToList();
            await ExclusiveAsync(() => fresh.ForEach(trade => _intake.Take(trade with { IsGapFinal = true }, _ticks)), ct);
            filled += fresh.Count;
            if (_intake.LastTrade(symbol) < from)
            {
                break;
            }
        }

        LogFill(_intake.Symbols[symbol], gap, filled);
    }

    private void LogFill(string symbol, long gap, long filled)
    {
        if (gap > filled)
        {
            logger.TradesMissing(symbol, filled, gap - filled, options.Value.FillLimit);
        }
        else if (gap > 0)
        {
            logger.TradesFilled(symbol, filled);
        }
    }

    private async Task ExclusiveAsync(Action act, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            act();
            await host.PublishAsync(_ticks, ct);
        }
        finally
        {
            _gate.Release();
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
            var trades = new BinanceTradeList(BinanceVenue.Name);
            var found = trades.Decode(json, symbol, EventTime.ToMicros(time.GetUtcNow()));
            if (trades.Skipped > 0)
            {
                host.Health.Skip(SkipReasons.Trade, $"old trades of {_intake.Symbols[symbol]} that make no sense", trades.Skipped);
            }

            return found;
        }
        catch (MarketDataException)
        {
            host.Health.CountGarbage();
            return null;
        }
    }

    private bool TryDecode(ConnectionSymbols connection, ReadOnlySpan<byte> message, long micros, out BinanceMessageKind kind)
    {
        kind = default;
        try
        {
            kind = _decoder.Decode(message, micros);
            var symbol =
                kind == BinanceMessageKind.Depth ? _decoder.Depth.Symbol
                : kind is BinanceMessageKind.Trade or BinanceMessageKind.Quote ? _decoder.Tick.Tick.Symbol
                : 0;
            if (symbol < _names.Count)
            {
                connection.Garbage = 0;
                return true;
            }
        }
        catch (MarketDataException)
        {
            // What was in it is found missing by the next number.
        }

        host.Health.CountGarbage();
        return ++connection.Garbage < options.Value.GarbageLimit
            ? false
            : throw new InvalidDataException($"{connection.Garbage} messages in a row make no sense");
    }
}
