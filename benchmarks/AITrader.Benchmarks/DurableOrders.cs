using System.Diagnostics;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Signals.Engine;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Benchmarks;

/// <summary>What one round found.</summary>
/// <param name="Reached">Orders a second.</param>
/// <param name="Latency">From publishing an order until its SUBMITTED event, which follows the commit, is read.</param>
internal sealed record DurableResult(double Reached, LatencyHistogram Latency)
{
    public double Millis(double percent) => Latency.PercentileNanos(percent) / 1e6;
}

/// <summary>Sends orders at a rate to an execution engine and reads when each is accepted.</summary>
internal sealed class DurableOrders(IServiceProvider services)
{
    private const string Symbol = "BTCUSDT";
    private const int MaxRead = 1_000;

    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(100);

    private readonly IStreamPublisher _bus = services.GetRequiredService<IStreamPublisher>();
    private readonly Dictionary<Guid, long> _sent = [];
    private long _seq;
    private int _number;

    /// <summary>A database with an account.</summary>
    public static async Task<ServiceDatabase> DatabaseAsync(CancellationToken ct)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await using var db = database.NewContext();
        db.Accounts.Add(
            new AccountRow
            {
                Id = AccountRow.LiveAccount,
                Currency = "USDT",
                InitialCash = 1_000_000_000m,
                Cash = 1_000_000_000m,
                UpdatedAt = TimeProvider.System.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(ct);
        return database;
    }

    /// <summary>Orders that rest far from the market, each with a cancel after it was accepted. The first second does not count: a reader
    /// that begins is late.</summary>
    public async Task<DurableResult> RunAsync(int rate, TimeSpan length, CancellationToken ct)
    {
        await _bus.PublishAsync(Quote(), ct);
        var latency = new LatencyHistogram();
        var count = (int)(rate * length.TotalSeconds);
        var reading = ReadAsync(count, rate, latency, ct);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(begin);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TimeProvider.System, ct);
            }

            if (i % rate == 0)
            {
                await _bus.PublishAsync(Quote(), ct);
            }

            var order = Order();
            lock (_sent)
            {
                _sent[order.Id] = Stopwatch.GetTimestamp();
            }

            await _bus.PublishAsync(order, ct);
        }

        await reading;
        return new DurableResult(count / Stopwatch.GetElapsedTime(begin).TotalSeconds, latency);
    }

    private async Task ReadAsync(int count, int unsettled, LatencyHistogram latency, CancellationToken ct)
    {
        await using var reader = services.GetRequiredService<IStreamReaders>().Open<OrderMessage>($"bench-{_number}");
        for (var taken = 0; taken < count; )
        {
            foreach (var message in (await reader.ReadAsync(MaxRead, Block, ct)).Select(static entry => entry.Message))
            {
                if (message.Event == "DENIED")
                {
                    throw new InvalidOperationException($"The benchmark does not do what it measures: {message.Reason}");
                }

                if (message.Event == "SUBMITTED" && TryTake(message.Id, out var sentAt))
                {
                    if (taken++ >= unsettled)
                    {
                        latency.Record((long)Stopwatch.GetElapsedTime(sentAt).TotalNanoseconds);
                    }

                    await _bus.PublishAsync(message with { Event = "CANCEL" }, ct);
                }
            }
        }
    }

    private bool TryTake(Guid order, out long sentAt)
    {
        lock (_sent)
        {
            return _sent.Remove(order, out sentAt);
        }
    }

    private Tick Quote() =>
        new()
        {
            Symbol = Symbol,
            Source = "bench",
            Price = Price.Of(60_000m),
            Volume = Quantity.Of(0m),
            Kind = TickKind.Quote,
            Bid = Price.Of(59_999.9m),
            BidSize = Quantity.Of(1m),
            Ask = Price.Of(60_000.1m),
            AskSize = Quantity.Of(1m),
            Timestamp = TimeProvider.System.GetUtcNow(),
            Seq = ++_seq,
            Run = string.Empty,
        };

    private OrderMessage Order()
    {
        var id = new Guid(++_number, 1, 1, new byte[8]);
        return new OrderMessage
        {
            Id = id,
            ClientOrderId = id,
            Symbol = Symbol,
            Side = Side.Buy,
            Quantity = 0.001m,
            Price = 50_000m,
            Type = "LIMIT",
            TimeInForce = "GTC",
            Event = "NEW",
            DecisionId = id,
            Origin = "bench",
            Timestamp = TimeProvider.System.GetUtcNow(),
            Seq = _seq,
        };
    }
}
