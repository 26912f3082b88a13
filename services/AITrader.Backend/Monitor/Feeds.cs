using AITrader.Backend.Api;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Storage.Queries;

namespace AITrader.Backend.Monitor;

/// <summary>Keeps the newest tick of each symbol for <see cref="TickPublisher"/>.</summary>
internal sealed class TickFeed(LatestTicks latest) : IStreamHandler<Tick>
{
    public ValueTask HandleAsync(IReadOnlyList<StreamEntry<Tick>> batch, CancellationToken ct)
    {
        latest.Put(batch.Select(static entry => entry.Message));
        return ValueTask.CompletedTask;
    }
}

/// <summary>Passes signals on.</summary>
internal sealed class SignalFeed(IMonitorChannel channel, MonitorJson json) : IStreamHandler<Signal>
{
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<Signal>> batch, CancellationToken ct)
    {
        foreach (var (_, signal) in batch)
        {
            await channel.PublishAsync(json.Write("signal", SignalResponse.From(signal)), ct);
        }
    }
}

/// <summary>Passes decisions on.</summary>
internal sealed class DecisionFeed(IMonitorChannel channel, MonitorJson json) : IStreamHandler<DecisionMessage>
{
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<DecisionMessage>> batch, CancellationToken ct)
    {
        foreach (var (_, decision) in batch)
        {
            await channel.PublishAsync(json.Write("decision", Short(decision)), ct);
        }
    }

    private static MonitorDecision Short(DecisionMessage decision) =>
        new(decision.Id, decision.SignalId, decision.Symbol, decision.Action, decision.Score, decision.Timestamp, decision.Run);
}

/// <summary>Publishes orders as they are stored: the row is committed before its event is published.</summary>
/// <remarks>A request for an order that the execution engine has not taken yet has no row; its first event brings it.</remarks>
internal sealed class OrderFeed(OrderQueries orders, IMonitorChannel channel, MonitorJson json) : IStreamHandler<OrderMessage>
{
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<OrderMessage>> batch, CancellationToken ct)
    {
        var ids = batch.Select(static entry => entry.Message.Id).Distinct().ToArray();
        var rows = await orders.FindAsync(ids, ct);
        foreach (var id in ids)
        {
            if (rows.TryGetValue(id, out var row))
            {
                await channel.PublishAsync(json.Write("order", OrderResponse.From(row)), ct);
            }
        }
    }
}

/// <summary>Publishes fills as they are booked: the trade is committed before the fill is published.</summary>
internal sealed class FillFeed(TradeQueries trades, IMonitorChannel channel, MonitorJson json) : IStreamHandler<Fill>
{
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<Fill>> batch, CancellationToken ct)
    {
        var ids = batch.Select(static entry => entry.Message.ExecId).Distinct().ToArray();
        foreach (var trade in await trades.OfExecutionsAsync(ids, ct))
        {
            await channel.PublishAsync(json.Write("fill", TradeResponse.From(trade)), ct);
        }
    }
}
