using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;

namespace AITrader.TestSupport.Brokers;

/// <summary>What every broker does. Each has a class of its own that derives from this one.</summary>
public abstract class BrokerConformanceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A broker with an account that has money and no positions.</summary>
    protected abstract Task<BrokerStage> StartAsync();

    /// <summary>BR-01.</summary>
    [Fact]
    public async Task A_market_order_is_found_by_its_tag_and_its_executions_are_its_quantity()
    {
        await using var stage = await StartAsync();
        var request = stage.Request();
        var id = await stage.PlaceAsync(request, Ct);
        var order = await FinalAsync(stage, request.Id);
        Assert.Equal((id, OrderStatus.Filled, 10m, Side.Buy), (order.BrokerOrderId, order.Status, order.Filled, order.Side));
        Assert.Equal((stage.Symbol, stage.Broker.TagOf(request.Id)), (order.Symbol, order.Tag));
        var executions = (await stage.Broker.GetExecutionsAsync(Ct)).Where(execution => execution.BrokerOrderId == id).ToList();
        Assert.Equal(10, executions.Sum(static execution => execution.Quantity));
        Assert.Equal(executions.Count, executions.Select(static execution => execution.ExecutionId).Distinct().Count());
        Assert.Equal(order.AveragePrice, decimal.Round(executions.Sum(static execution => execution.Quantity * execution.Price) / 10, 4));
        var position = Assert.Single(await stage.Broker.GetPositionsAsync(Ct));
        Assert.Equal((stage.Symbol, 10m, order.AveragePrice), (position.Symbol, position.Quantity, position.AveragePrice));
    }

    /// <summary>BR-02.</summary>
    [Fact]
    public async Task A_waiting_order_is_changed_and_cancelled()
    {
        await using var stage = await StartAsync();
        var price = await stage.WaitingPriceAsync();
        var request = stage.Request(OrderType.Limit, price);
        var id = await stage.PlaceAsync(request, Ct);
        Assert.Equal(OrderStatus.Accepted, (await stage.Broker.FindAsync(request.Id, Ct))!.Status);
        var changed = request with { Quantity = 12, LimitPrice = price - 1 };
        Assert.IsType<BrokerAnswer.Accepted>(await stage.Broker.ModifyAsync(id, changed, Ct));
        Assert.Equal(12, (await stage.Broker.FindAsync(request.Id, Ct))!.Quantity);
        Assert.IsType<BrokerAnswer.Accepted>(await stage.Broker.CancelAsync(id, Ct));
        var order = await FinalAsync(stage, request.Id);
        Assert.Equal((OrderStatus.Cancelled, 0m, 0m), (order.Status, order.Filled, order.AveragePrice));
    }

    /// <summary>BR-03.</summary>
    [Fact]
    public async Task An_answer_that_is_lost_is_unknown_and_the_order_is_found_by_its_tag()
    {
        await using var stage = await StartAsync();
        await stage.LoseNextAnswerAsync();
        var request = stage.Request();
        Assert.IsType<BrokerAnswer.Unknown>(await stage.Broker.PlaceAsync(request, Ct));
        Assert.NotNull(await stage.Broker.FindAsync(request.Id, Ct));
        Assert.Single(await stage.Broker.GetOrdersAsync(Ct));
    }

    /// <summary>BR-04.</summary>
    [Fact]
    public async Task An_order_that_is_lost_on_its_way_is_unknown_and_not_found()
    {
        await using var stage = await StartAsync();
        await stage.LoseNextOrderAsync();
        var request = stage.Request();
        Assert.IsType<BrokerAnswer.Unknown>(await stage.Broker.PlaceAsync(request, Ct));
        Assert.Null(await stage.Broker.FindAsync(request.Id, Ct));
    }

    /// <summary>BR-05.</summary>
    [Fact]
    public async Task An_order_that_is_no_order_is_refused_with_a_code_and_not_in_the_book()
    {
        await using var stage = await StartAsync();
        var refused = Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.PlaceAsync(stage.Request() with { Quantity = 0 }, Ct));
        Assert.NotEmpty(refused.Code);
        Assert.NotEmpty(refused.Message);
        Assert.Empty(await stage.Broker.GetOrdersAsync(Ct));
    }

    /// <summary>BR-06.</summary>
    [Fact]
    public async Task A_rejection_comes_after_the_answer_and_keeps_the_brokers_words()
    {
        await using var stage = await StartAsync();
        await stage.RejectNextOrderAsync("RMS:Blocked for test");
        var request = stage.Request();
        await stage.PlaceAsync(request, Ct);
        var order = await FinalAsync(stage, request.Id);
        Assert.Equal((OrderStatus.Rejected, "RMS:Blocked for test"), (order.Status, order.Reason));
        Assert.Empty(await stage.Broker.GetExecutionsAsync(Ct));
    }

    /// <summary>BR-07.</summary>
    [Fact]
    public async Task What_is_over_or_was_never_there_cannot_be_changed_or_cancelled()
    {
        await using var stage = await StartAsync();
        var request = stage.Request();
        var id = await stage.PlaceAsync(request, Ct);
        await FinalAsync(stage, request.Id);
        Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.CancelAsync(id, Ct));
        Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.ModifyAsync(id, request with { Quantity = 11 }, Ct));
        Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.CancelAsync("404", Ct));
    }

    /// <summary>BR-08.</summary>
    [Fact]
    public async Task A_question_without_an_answer_says_so()
    {
        await using var stage = await StartAsync();
        await stage.FailNextQuestionAsync();
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => stage.Broker.GetOrdersAsync(Ct));
        Assert.Empty(await stage.Broker.GetOrdersAsync(Ct));
    }

    /// <summary>BR-09.</summary>
    [Fact]
    public async Task Tags_are_stable_and_tell_orders_apart()
    {
        await using var stage = await StartAsync();
        var ids = Enumerable.Range(0, 1000).Select(static _ => Guid.CreateVersion7()).ToList();
        Assert.Equal(ids.Count, ids.Select(stage.Broker.TagOf).Distinct().Count());
        Assert.Equal(ids.Select(stage.Broker.TagOf), ids.Select(stage.Broker.TagOf));
    }

    /// <summary>BR-10.</summary>
    [Fact]
    public async Task A_position_is_closed_and_funds_come_back()
    {
        await using var stage = await StartAsync();
        var before = await stage.Broker.GetAvailableFundsAsync(Ct);
        var bought = stage.Request();
        await stage.PlaceAsync(bought, Ct);
        await FinalAsync(stage, bought.Id);
        Assert.True(await stage.Broker.GetAvailableFundsAsync(Ct) < before);
        var sold = stage.Request(side: Side.Sell);
        await stage.PlaceAsync(sold, Ct);
        var result = 10 * ((await FinalAsync(stage, sold.Id)).AveragePrice - (await FinalAsync(stage, bought.Id)).AveragePrice);
        Assert.All(await stage.Broker.GetPositionsAsync(Ct), static position => Assert.Equal(0, position.Quantity));
        Assert.Equal(before + result, await stage.Broker.GetAvailableFundsAsync(Ct));
    }

    private static async Task<BrokerOrder> FinalAsync(BrokerStage stage, Guid id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await stage.Broker.FindAsync(id, patience.Token) is { } order && OrderState.Of(order.Status).IsTerminal)
            {
                return order;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
