using System.Diagnostics;
using AITrader.Domain.Ids;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Signals.Engine;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Benchmarks;

/// <summary>A desk with four positions and twenty working orders, and what an order on it takes.</summary>
internal sealed class DeskMeasure
{
    /// <summary>Orders of one round of fills.</summary>
    public const int Fills = 20_000;

    private const int Accepts = 200_000;
    private const int Symbols = 4;
    private const int Resting = 20;

    private static readonly DateTimeOffset Start = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    private readonly TradingDesk _desk;
    private long _seq;
    private int _orders;

    /// <param name="isLimited">Whether every limit is set, far away from what is done.</param>
    public DeskMeasure(bool isLimited)
    {
        var limits = isLimited
            ? NamedLimits.Read(
                NamedLimits.All.Except(["min_quantity", "square_off_minutes"]).ToDictionary(static name => name, BoundOf),
                out _
            )
            : RiskLimits.Default with
            {
                MaxOrderNotional = decimal.MaxValue,
            };
        var settings = new TradingSettings(
            static symbol => new Instrument(symbol, "BENCH", "USDT", 0.01m, 0.001m, 4m),
            limits,
            new FillRules(TimeSpan.Zero),
            static (order, tick) => DeterministicId.Execution(order, tick, 0)
        );
        _desk = new TradingDesk(settings, new AccountLedger(1_000_000_000m)) { IsReconciled = true };
        for (var i = 0; i < Symbols; i++)
        {
            Quote(i);
            _desk.Submit(Request(i, limit: null), isDuplicate: false);
            Quote(i);
        }

        for (var i = 0; i < Resting; i++)
        {
            _desk.Submit(Request(i % Symbols, limit: 50m), isDuplicate: false);
        }
    }

    /// <summary>Times each order from its request until it is taken.</summary>
    public LatencyHistogram Accept(CancellationToken ct)
    {
        var times = new LatencyHistogram();
        for (var i = 0; i < Accepts; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (i % 100 == 0)
            {
                Quote(i / 100 % Symbols);
            }

            var request = Request(i % Symbols, limit: 99m);
            var begin = Stopwatch.GetTimestamp();
            var outcome = _desk.Submit(request, isDuplicate: false);
            times.Record((long)Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
            Require(outcome.Status == OrderStatus.Submitted, outcome.Reason);
            _desk.Cancel(request.Id, "bench");
        }

        return times;
    }

    /// <summary>Market orders, each filled by the quote after it.</summary>
    public void Fill(CancellationToken ct)
    {
        for (var i = 0; i < Fills; i++)
        {
            ct.ThrowIfCancellationRequested();
            Quote(i % Symbols);
            var side = i / Symbols % 2 == 0 ? Side.Sell : Side.Buy;
            var outcome = _desk.Submit(Request(i % Symbols, limit: null, side), isDuplicate: false);
            Require(outcome.Status == OrderStatus.Submitted, outcome.Reason);
            Require(Quote(i % Symbols).Any(static step => step.Fill is not null), "the order was not filled");
        }
    }

    private static decimal BoundOf(string name) =>
        name switch
        {
            "max_quote_age_seconds" => 3600m,
            "market_buffer_bps" => 50m,
            "self_trades" => 0m,
            "drawdown" or "symbol_share" or "sector_share" => 1m,
            _ => 1_000_000_000_000m,
        };

    private static void Require(bool isSo, string problem)
    {
        if (!isSo)
        {
            throw new InvalidOperationException($"The benchmark does not do what it measures: {problem}");
        }
    }

    // Sizes change: of a quote that stays as it is, orders leave less and less.
    private IReadOnlyList<TradingOutcome> Quote(int symbol)
    {
        _seq++;
        return _desk.OnTick(
            new Tick
            {
                Symbol = SymbolOf(symbol),
                Source = "bench",
                Price = Price.Of(100m),
                Volume = Quantity.Of(0m),
                Kind = TickKind.Quote,
                Bid = Price.Of(99.99m),
                BidSize = Quantity.Of(1_000m + (_seq % 7)),
                Ask = Price.Of(100.01m),
                AskSize = Quantity.Of(1_000m + (_seq % 7)),
                Timestamp = Now,
                Seq = _seq,
                Run = string.Empty,
            }
        );
    }

    private DateTimeOffset Now => Start.AddMilliseconds(_seq + _orders);

    private static string SymbolOf(int symbol) =>
        symbol switch
        {
            0 => "S0",
            1 => "S1",
            2 => "S2",
            _ => "S3",
        };

    private OrderRequest Request(int symbol, decimal? limit, Side side = Side.Buy)
    {
        var id = new Guid(++_orders, 0, 0, new byte[8]);
        return new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = SymbolOf(symbol),
            Side = side,
            Type = limit is null ? OrderType.Market : OrderType.Limit,
            TimeInForce = TimeInForce.Gtc,
            Quantity = 1m,
            LimitPrice = limit,
            Origin = "bench",
            EventTime = Now,
            Seq = _seq,
            Run = string.Empty,
        };
    }
}
