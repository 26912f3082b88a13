using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests;

/// <summary>Values that tests build on.</summary>
internal static class Make
{
    public const string Symbol = "BTCUSDT";
    public const string Run = "run-1";

    public static readonly DateTimeOffset Start = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);
    public static readonly Instrument Terms = new(Symbol, "BINANCE", "USDT", 0.1m, 0.001m, 4m);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static OrderRequest Market(
        int id,
        Side side,
        decimal quantity,
        double at = 0,
        TimeInForce force = TimeInForce.Gtc,
        long seq = 0
    ) =>
        new()
        {
            Id = Id(id),
            ClientOrderId = Id(id),
            Symbol = Symbol,
            Side = side,
            Type = OrderType.Market,
            TimeInForce = force,
            Quantity = quantity,
            EventTime = At(at),
            Seq = seq,
            Run = Run,
        };

    public static OrderRequest Limit(
        int id,
        Side side,
        decimal quantity,
        decimal price,
        double at = 0,
        TimeInForce force = TimeInForce.Gtc,
        long seq = 0
    ) => Market(id, side, quantity, at, force, seq) with { Type = OrderType.Limit, LimitPrice = price };

    public static OrderRequest Conditional(
        int id,
        OrderType type,
        Side side,
        decimal quantity,
        OrderConditions conditions,
        decimal? limit = null
    ) => Market(id, side, quantity) with { Type = type, LimitPrice = limit, Conditions = conditions };

    public static Tick Quote(
        long seq,
        double at,
        decimal bid,
        decimal ask,
        decimal? size = 10m,
        string symbol = Symbol,
        string run = Run
    ) =>
        new()
        {
            Symbol = symbol,
            Source = "test",
            Price = Price.Of((bid + ask) / 2m),
            Volume = Quantity.Of(0m),
            Kind = TickKind.Quote,
            Bid = Price.Of(bid),
            BidSize = Quantity.Of(size),
            Ask = Price.Of(ask),
            AskSize = Quantity.Of(size),
            Timestamp = At(at),
            Seq = seq,
            Run = run,
        };

    public static Tick Trade(long seq, double at, decimal price, decimal volume) =>
        new()
        {
            Symbol = Symbol,
            Source = "test",
            Price = Price.Of(price),
            Volume = Quantity.Of(volume),
            Kind = TickKind.Trade,
            Timestamp = At(at),
            Seq = seq,
            Run = Run,
        };

    public static TradingSettings Settings(RiskLimits? limits = null, double latency = 0.05) =>
        new(
            static symbol => symbol.StartsWith("NONE", StringComparison.Ordinal) ? null : Terms with { Symbol = symbol },
            limits ?? RiskLimits.Default,
            new FillRules(TimeSpan.FromSeconds(latency)),
            static (order, tick) => ExecutionId(order, tick)
        );

    public static TradingDesk Desk(decimal cash = 1_000_000m, RiskLimits? limits = null, double latency = 0.05) =>
        new(Settings(limits ?? (RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue }), latency), new AccountLedger(cash))
        {
            IsReconciled = true,
        };

    private static Guid ExecutionId(Guid order, string tick) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{order}/{tick}")).AsSpan(0, 16));
}
