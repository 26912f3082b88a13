using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;

namespace AITrader.TestSupport.Brokers;

/// <summary>A broker with a market behind it, and what makes it fail.</summary>
public abstract class BrokerStage : IAsyncDisposable
{
    /// <summary>The broker.</summary>
    public abstract IBroker Broker { get; }

    /// <summary>An instrument that is traded now.</summary>
    public abstract string Symbol { get; }

    /// <summary>A price below the market at which an order waits.</summary>
    public abstract Task<decimal> WaitingPriceAsync();

    /// <summary>Loses the answer to the next order, which is taken.</summary>
    public abstract Task LoseNextAnswerAsync();

    /// <summary>Loses the next order on its way.</summary>
    public abstract Task LoseNextOrderAsync();

    /// <summary>Has the next order rejected after it was taken.</summary>
    public abstract Task RejectNextOrderAsync(string reason);

    /// <summary>Fails the next question.</summary>
    public abstract Task FailNextQuestionAsync();

    /// <summary>An order for 10.</summary>
    public OrderRequest Request(OrderType type = OrderType.Market, decimal? limit = null, Side side = Side.Buy)
    {
        var id = Guid.CreateVersion7();
        return new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = Symbol,
            Side = side,
            Type = type,
            TimeInForce = TimeInForce.Day,
            Quantity = 10,
            LimitPrice = limit,
            EventTime = DateTimeOffset.UnixEpoch,
        };
    }

    /// <summary>Sends an order that is taken.</summary>
    public async Task<string> PlaceAsync(OrderRequest request, CancellationToken ct)
    {
        var answer = await Broker.PlaceAsync(request, ct);
        return Assert.IsType<BrokerAnswer.Accepted>(answer).BrokerOrderId;
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
