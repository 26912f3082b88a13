using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;

namespace AITrader.Contracts.Tests;

/// <summary>Random messages from a seed, edge values among them.</summary>
internal static class Messages
{
    private static readonly decimal[] Edges =
    [
        0m,
        1m,
        -1m,
        decimal.MaxValue,
        decimal.MinValue,
        0.0000000000000000000000000001m,
        1.500m,
        61000.10m,
    ];
    private static readonly double[] DoubleEdges = [0, -0.0, 1, double.Epsilon, double.MaxValue, double.MinValue, 0.1, 1.0 / 3];
    private static readonly string[] Symbols = ["BTCUSDT", "NSE:NIFTY 50", "Zürich:Ä", "株"];

    public static Tick Tick(Random random) =>
        new()
        {
            Symbol = Symbol(random),
            Price = PriceOf(random),
            Volume = QuantityOf(random),
            Timestamp = Time(random),
            Kind = random.Next(2) == 0 ? TickKind.Trade : TickKind.Quote,
            Bid = random.Next(2) == 0 ? null : PriceOf(random),
            BidSize = random.Next(2) == 0 ? null : QuantityOf(random),
            Ask = random.Next(2) == 0 ? null : PriceOf(random),
            AskSize = random.Next(2) == 0 ? null : QuantityOf(random),
            Source = "binance-capture",
            Seq = random.NextInt64(),
            Run = Text(random),
            Trace = Text(random),
            Flags = (TickFlags)random.Next(256),
            ReceivedAt = random.Next(2) == 0 ? Time(random) : null,
        };

    public static Signal Signal(Random random) =>
        new()
        {
            Id = Id(random),
            Symbol = Symbol(random),
            Score = Double(random),
            Timestamp = Time(random),
            Pattern = "ema_cross",
            Direction = random.Next(2) == 0 ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = Decimal(random),
            TickId = $"run:{random.NextInt64()}",
            Seq = random.NextInt64(),
            Run = "r",
            Features = new SignalFeatures
            {
                EmaFast = Double(random),
                EmaSlow = Double(random),
                Vwap = Double(random),
                StdDev = Double(random),
                Rsi = Double(random),
                Atr = Double(random),
                Bid = Maybe(random),
                Ask = Maybe(random),
                Trades = random.NextInt64(),
                Window = [.. Enumerable.Range(0, random.Next(20)).Select(_ => Double(random))],
                Evidence = new Dictionary<string, double> { ["gap_bps"] = Double(random), ["Volume Ratio"] = Double(random) },
                HorizonSeconds = random.Next(2) == 0 ? null : Double(random),
            },
            Trace = "t",
        };

    public static OrderMessage Order(Random random) =>
        new()
        {
            Id = Id(random),
            Symbol = Symbol(random),
            Side = random.Next(2) == 0 ? Side.Buy : Side.Sell,
            Quantity = Decimal(random),
            Price = 1m + random.Next(),
            Type = "LIMIT",
            TimeInForce = "DAY",
            Conditions = new OrderConditions
            {
                TriggerPrice = Decimal(random),
                TrailingAmount = Decimal(random),
                TrailingBps = Decimal(random),
                DisplayQuantity = Decimal(random),
                GoodTill = Time(random),
                ReduceOnly = true,
                PostOnly = true,
                ParentId = Id(random),
                OcoGroup = Id(random),
            },
            Event = "NEW",
            DecisionId = Id(random),
            ClientOrderId = Id(random),
            Origin = "strategy",
            Timestamp = Time(random),
            Seq = random.NextInt64(),
            Run = "r",
            Reason = "INSUFFICIENT_CASH needed=1 \"quoted\"",
            Trace = "t",
        };

    private static Price PriceOf(Random random) =>
        Price.FromNanos(
            random.Next(8) switch
            {
                0 => 0,
                1 => long.MaxValue,
                2 => -random.NextInt64(),
                _ => random.NextInt64(1_000_000) * 10_000_000,
            }
        );

    private static Quantity QuantityOf(Random random) =>
        Quantity.FromRaw(random.Next(4) == 0 ? long.MaxValue : random.NextInt64(1_000_000) * 1_000);

    public static Fill Fill(Random random) =>
        new()
        {
            OrderId = Id(random),
            Quantity = Decimal(random),
            Price = Decimal(random),
            Symbol = Symbol(random),
            Side = Side.Sell,
            Fee = Decimal(random),
            ExecId = Id(random),
            IsTaker = true,
            Timestamp = Time(random),
            Seq = 3,
            Run = "r",
            Trace = "t",
        };

    public static DecisionMessage Decision(Random random) =>
        new()
        {
            Id = Id(random),
            SignalId = Id(random),
            Symbol = Symbol(random),
            Action = "HOLD",
            Score = Double(random),
            Factors = "[]",
            Provenance = "{}",
            Timestamp = Time(random),
            Seq = random.NextInt64(),
            Run = "r",
            Trace = "t",
        };

    public static SentimentReading Sentiment(Random random) =>
        new()
        {
            Symbol = Symbol(random),
            Score = Double(random),
            Confidence = Double(random),
            Authenticity = Double(random),
            Sources = "reddit,edgar",
            Model = "finbert-tone 1",
            Window = TimeSpan.FromSeconds(random.Next(1, 1_000_000)),
            Timestamp = Time(random),
        };

    public static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public static DateTimeOffset Time(Random random) =>
        WireTime.Truncate(new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero));

    private static string Symbol(Random random) => Symbols[random.Next(Symbols.Length)];

    private static string Text(Random random) => random.Next(2) == 0 ? string.Empty : $"text {random.Next()}";

    private static decimal? Maybe(Random random) => random.Next(3) == 0 ? null : Decimal(random);

    private static decimal Decimal(Random random) =>
        random.Next(4) == 0
            ? Edges[random.Next(Edges.Length)]
            : new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29));

    private static double Double(Random random)
    {
        var value = random.Next(4) == 0 ? DoubleEdges[random.Next(DoubleEdges.Length)] : BitConverter.Int64BitsToDouble(random.NextInt64());
        return double.IsFinite(value) ? value : 0;
    }
}
