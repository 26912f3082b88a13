using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;

namespace AITrader.MockMcp.Tests.KiteBrokers;

public sealed class KiteBrokerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hang")]
    [InlineData("drop")]
    [InlineData("502-page")]
    public async Task Whatever_becomes_of_the_answer_the_order_is_sent_once(string mode)
    {
        await using var stage = await KiteStage.StartAsync(TimeSpan.FromSeconds(2));
        await stage.FaultAsync($"orders/lose-answer?mode={mode}");
        var request = stage.Request();
        Assert.IsType<BrokerAnswer.Unknown>(await stage.Broker.PlaceAsync(request, Ct));
        Assert.Equal(stage.Broker.TagOf(request.Id), Assert.Single(await stage.Broker.GetOrdersAsync(Ct)).Tag);
    }

    [Fact]
    public async Task A_session_that_is_over_is_renewed_and_the_order_sent_once_more_since_it_was_not_looked_at()
    {
        await using var stage = await KiteStage.StartAsync();
        await stage.PlaceAsync(stage.Request(), Ct);
        await stage.FaultAsync("sessions/end");
        await stage.PlaceAsync(stage.Request(), Ct);
        Assert.Equal(2, stage.SignIns);
        Assert.Equal(2, (await stage.Broker.GetOrdersAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_session_that_is_refused_twice_is_a_refusal_in_kites_words()
    {
        await using var stage = await KiteStage.StartAsync();
        await stage.FaultAsync("rest/refuse?status=403&count=2");
        var refused = Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.PlaceAsync(stage.Request(), Ct));
        Assert.Equal(("TokenException", "Token is invalid or has expired."), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public async Task Only_an_answer_of_4xx_is_proof_that_an_order_was_not_taken(int status, bool isRefused)
    {
        await using var stage = await KiteStage.StartAsync();
        await stage.FaultAsync($"rest/refuse?status={status}&count=1&scope=orders");
        var answer = await stage.Broker.PlaceAsync(stage.Request(), Ct);
        Assert.Equal(isRefused, answer is BrokerAnswer.Refused { Code: "NetworkException" });
        Assert.Equal(!isRefused, answer is BrokerAnswer.Unknown);
    }

    [Fact]
    public async Task Errors_keep_kites_type_and_words()
    {
        await using var stage = await KiteStage.StartAsync();
        var answer = await stage.Broker.PlaceAsync(stage.Request(OrderType.Limit, 1567.82m), Ct);
        Assert.Equal(
            new BrokerAnswer.Refused(
                "InputException",
                "Tick size for this script is 5.00 paise. Kindly enter price in the multiple of tick size for this script."
            ),
            answer
        );
        Assert.Equal(new BrokerAnswer.Refused("OrderException", "Couldn't find that `order_id`."), await stage.Broker.CancelAsync("1", Ct));
    }

    [Fact]
    public async Task Kites_limits_are_kept_on_our_side()
    {
        await using var stage = await KiteStage.StartAsync(TimeSpan.FromSeconds(30), ("Kite:LimitRates", "true"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => stage.Broker.PlaceAsync(stage.Request(), Ct)));
        Assert.All(answers, static answer => Assert.IsType<BrokerAnswer.Accepted>(answer));
        var answered = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Broker.GetOrdersAsync(Ct)));
        Assert.All(answered, static orders => Assert.Equal(30, orders.Count));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_never_had_the_order()
    {
        await using var stage = await KiteStage.StartAsync();
        await stage.PlaceAsync(stage.Request(), Ct);
        await stage.Process.KillAsync();
        // The line of before is found broken first, and that one is not known.
        await stage.Broker.PlaceAsync(stage.Request(), Ct);
        Assert.Equal("Unreachable", Assert.IsType<BrokerAnswer.Refused>(await stage.Broker.PlaceAsync(stage.Request(), Ct)).Code);
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => stage.Broker.GetPositionsAsync(Ct));
    }

    [Fact]
    public async Task Partial_and_late_fills_are_seen_as_they_come()
    {
        await using var stage = await KiteStage.StartAsync();
        await stage.FaultAsync("orders/partial?quantity=4");
        var request = stage.Request();
        await stage.PlaceAsync(request, Ct);
        var order = (await stage.Broker.FindAsync(request.Id, Ct))!;
        Assert.Equal((OrderStatus.PartiallyFilled, 4m, "OPEN"), (order.Status, order.Filled, order.StatusText));
        await stage.FaultAsync("market/step?count=2");
        Assert.Equal(OrderStatus.Filled, (await stage.Broker.FindAsync(request.Id, Ct))!.Status);
        await stage.FaultAsync("orders/late?seconds=600");
        var late = stage.Request();
        await stage.PlaceAsync(late, Ct);
        Assert.Equal(
            (OrderStatus.Accepted, 0m),
            ((await stage.Broker.FindAsync(late.Id, Ct))!.Status, (await stage.Broker.FindAsync(late.Id, Ct))!.AveragePrice)
        );
    }

    [Fact]
    public async Task Stops_and_orders_for_the_moment_are_kites_own()
    {
        await using var stage = await KiteStage.StartAsync();
        var price = await stage.WaitingPriceAsync();
        var stop = stage.Request(OrderType.Stop, side: Side.Sell) with { Conditions = new OrderConditions { TriggerPrice = price } };
        await stage.PlaceAsync(stop, Ct);
        Assert.Equal("TRIGGER PENDING", (await stage.Broker.FindAsync(stop.Id, Ct))!.StatusText);
        var moment = stage.Request(OrderType.Limit, price) with { TimeInForce = TimeInForce.Ioc };
        await stage.PlaceAsync(moment, Ct);
        Assert.Equal(OrderStatus.Cancelled, (await stage.Broker.FindAsync(moment.Id, Ct))!.Status);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stage.Broker.PlaceAsync(stage.Request() with { TimeInForce = TimeInForce.Gtc }, Ct)
        );
        await Assert.ThrowsAsync<ArgumentException>(() => stage.Broker.PlaceAsync(stage.Request() with { Quantity = 1.5m }, Ct));
    }
}
