using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Tests;

/// <summary>Rows and messages that are right; tests change what they are about.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Time = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id(string name) => DeterministicId.Create("test", name);

    public static Tick Tick(long seq, string run = "", string symbol = "BTCUSDT", DateTimeOffset? at = null) =>
        new()
        {
            Symbol = symbol,
            Price = Price.Of(60_000.12345678m + seq),
            Volume = Quantity.Of(0.001m * seq),
            Timestamp = at ?? Time.AddMicroseconds(seq),
            Kind = seq % 2 == 0 ? TickKind.Trade : TickKind.Quote,
            Bid = Price.Of(60_000m),
            Ask = seq % 3 == 0 ? null : Price.Of(60_000.1m),
            Source = "test",
            Seq = seq,
            Run = run,
            TradeId = seq % 4 == 0 ? seq + 7_000_000_000 : null,
            Flags = (TickFlags)(byte)(seq * 37),
            ReceivedAt = seq % 5 == 0 ? null : (at ?? Time).AddMicroseconds(seq * 1001),
        };

    public static Fill Fill(int number) =>
        new()
        {
            OrderId = Id("order"),
            ExecId = Id($"exec{number}"),
            Quantity = number,
            Price = 100.25m,
            Symbol = "BTCUSDT",
            Side = Side.Sell,
            Fee = 0.01m,
            IsTaker = true,
            Timestamp = Time,
            Seq = number,
        };

    public static OrderRow Order(string name, string status = "SUBMITTED") =>
        new()
        {
            Id = Id(name),
            ClientOrderId = Id(name),
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Type = "MARKET",
            TimeInForce = "DAY",
            Quantity = 1,
            Status = status,
            EventTime = Time,
            CreatedAt = Time,
            UpdatedAt = Time,
        };

    public static ExecutionRow Execution(string order, string name) =>
        new()
        {
            ExecId = Id(name),
            OrderId = Id(order),
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Quantity = 1,
            Price = 100,
            Fee = 0.1m,
            Liquidity = "taker",
            Timestamp = Time,
        };

    public static TradeRow Trade() =>
        new()
        {
            Timestamp = Time,
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Quantity = 1,
            Price = 100,
        };

    public static SignalRow Signal(string name) =>
        new()
        {
            Id = Id(name),
            Symbol = "BTCUSDT",
            Score = 0.5,
            Timestamp = Time,
            Pattern = "ema_cross",
            Direction = SignalDirection.Bearish,
            Price = 100.5m,
            TickId = $"run:{name}",
        };

    public static DecisionRow Decision(string name, string signal) =>
        new()
        {
            Id = Id(name),
            SignalId = Id(signal),
            Symbol = "BTCUSDT",
            Action = "HOLD",
            Score = 0.1,
            Timestamp = Time,
            DecidedAt = Time,
        };

    public static AccountRow Account() =>
        new()
        {
            Id = AccountRow.LiveAccount,
            Currency = "INR",
            InitialCash = 1,
            Cash = 1,
            UpdatedAt = Time,
        };
}
