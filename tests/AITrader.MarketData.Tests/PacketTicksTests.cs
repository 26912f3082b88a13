using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.Venues.Kite.Live;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TickFlags = AITrader.Domain.Ticks.TickFlags;

namespace AITrader.MarketData.Tests;

/// <summary>What Kite's packets become: volumes that step back, days that begin, times that cannot be true.</summary>
public sealed class PacketTicksTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Opening = new(2026, 1, 2, 3, 45, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Opening);
    private readonly List<Tick> _ticks = [];
    private readonly PacketTicks _packets;
    private readonly FeedParts _parts;
    private readonly int _symbol;

    public PacketTicksTests()
    {
        _parts = new FeedParts(KiteVenue.Name, _time);
        _packets = new PacketTicks(_parts.Ticks, _parts.Health);
        _symbol = _parts.Ticks.Define("NSE:INFY", new InstrumentRules());
    }

    [Fact]
    public void A_day_s_volume_that_steps_back_by_ten_is_no_trade()
    {
        Append(Full(1, 5_000_100));
        Append(Full(2, 5_000_090));
        Append(Full(3, 0));
        Append(Full(4, 5_000_100));
        Append(Full(5, 5_000_112));
        Assert.Equal([(12m, TickFlags.None)], Trades());
    }

    [Fact]
    public void A_new_day_starts_from_its_own_volume_and_not_before_its_first_trade()
    {
        Append(Full(1, 5_000_090) with { LastTradeTime = Opening });
        Append(Full(2, 5_000_100) with { LastTradeTime = Opening.AddSeconds(1) });
        const int NextDay = 86_400;
        _time.Advance(TimeSpan.FromDays(1.1));
        Append(Full(NextDay - 900, 5_000_100) with { LastTradeTime = Opening.AddSeconds(1) }); // before the open: all of it is yesterday's
        Append(Full(NextDay - 300, 0) with { LastTradeTime = Opening.AddSeconds(1) });
        Append(Full(NextDay + 1, 25) with { LastTradeTime = Opening.AddSeconds(NextDay + 1) });
        Append(Full(NextDay + 2, 30) with { LastTradeTime = Opening.AddSeconds(NextDay + 2) });
        Assert.Equal([10m, 25m, 5m], Trades().Select(static trade => (decimal)trade.Volume));
    }

    [Fact]
    public void A_zero_at_first_sight_of_a_day_with_an_average_price_is_no_volume()
    {
        Append(Full(1, 0) with { AveragePrice = 1490m });
        Append(Full(2, 5_000_100) with { AveragePrice = 1490m });
        Append(Full(3, 5_000_103) with { AveragePrice = 1490m });
        Assert.Equal([3m], Trades().Select(static trade => (decimal)trade.Volume));
    }

    [Fact]
    public void Packets_without_a_volume_or_a_book_leave_them_as_they_were()
    {
        Append(Full(1, 5_000_100));
        Append(Full(2, 0), KiteMode.Ltp);
        Append(Full(3, 5_000_101), KiteMode.Quote);
        Append(Full(4, 5_000_103));
        Assert.Equal(
            [(1m, null), (2m, 1499.95m)],
            _ticks.Where(static tick => tick.Kind == TickKind.Trade).Select(static tick => ((decimal)tick.Volume, (decimal?)tick.Bid))
        );
        Assert.Single(_ticks, static tick => tick.Kind == TickKind.Quote);
    }

    [Fact]
    public void A_packet_stamped_2042_makes_no_later_one_old()
    {
        Append(Full(10, 100));
        Assert.Equal(
            TickVerdict.Passed,
            Append(Full(0, 105) with { ExchangeTime = new DateTimeOffset(2042, 7, 14, 0, 0, 0, TimeSpan.Zero) })
        );
        Assert.Equal(TickVerdict.Passed, Append(Full(11, 107)));
        Assert.Equal(TickVerdict.OutOfOrder, Append(Full(10, 103))); // what is older is still dropped
        Assert.Equal([5m, 2m], Trades().Select(static trade => (decimal)trade.Volume));
        Assert.Equal(1, Assert.Single(_parts.State.Instruments).Implausible);
    }

    [Fact]
    public void A_last_trade_stamped_2042_begins_no_day()
    {
        Append(Full(10, 5_000_100));
        Append(Full(11, 5_000_090) with { LastTradeTime = new DateTimeOffset(2042, 7, 14, 0, 0, 0, TimeSpan.Zero) });
        Append(Full(12, 5_000_104));
        Assert.Equal([4m], Trades().Select(static trade => (decimal)trade.Volume));
    }

    [Fact]
    public void A_new_line_is_believed_whatever_the_last_one_told_and_says_what_is_a_sum()
    {
        Append(Full(13, 100)); // three seconds ahead, which is still believed
        Assert.Equal(TickVerdict.OutOfOrder, Append(Full(11, 103)));
        _packets.StartConnection([_symbol]);
        Assert.Equal(TickVerdict.Passed, Append(Full(11, 103)));
        Append(Full(12, 104));
        Assert.Equal([(3m, TickFlags.AfterGap), (1m, TickFlags.None)], Trades());
    }

    [Fact]
    public void A_volume_that_cannot_be_true_is_given_up_after_a_run_of_lower_ones_and_that_is_flagged()
    {
        Append(Full(1, 100));
        Append(Full(1, 4_000_000_000));
        for (var i = 1u; i <= 12; i++)
        {
            Append(Full(1, 100 + i)); // within one second even
        }

        Assert.Equal([(3_999_999_900m, TickFlags.None), (1m, TickFlags.AfterGap), (1m, TickFlags.None)], Trades());
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private TickVerdict Append(KiteSnapshot snapshot, KiteMode mode = KiteMode.Full)
    {
        var writer = new KiteFrameWriter();
        writer.Add(snapshot, mode);
        var frame = new KiteFrame(writer.Frame.Span);
        Assert.True(frame.MoveNext());
        return _packets.Append(_ticks, _symbol, frame.Current, _time.GetUtcNow().AddSeconds(10));
    }

    private List<(decimal Volume, TickFlags Flags)> Trades() =>
        [.. _ticks.Where(static tick => tick.Kind == TickKind.Trade).Select(static tick => ((decimal)tick.Volume, tick.Flags))];

    private static KiteSnapshot Full(int second, uint volume) =>
        new()
        {
            Token = FakeExchange.Infy,
            LastPrice = 1500m,
            Volume = volume,
            ExchangeTime = Opening.AddSeconds(second),
            Bids = [new KiteLevel(10, 1499.95m, 1)],
            Offers = [new KiteLevel(20, 1500.05m, 1)],
        };
}
