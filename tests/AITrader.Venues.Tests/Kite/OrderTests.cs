using System.Net;
using System.Security.Cryptography;
using System.Text;
using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Orders;

namespace AITrader.Venues.Tests.Kite;

/// <summary>Reading Kite's recorded books, and its states.</summary>
public sealed class OrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_recorded_order_is_read()
    {
        var orders = await Recorded("orders.json").GetOrdersAsync(Ct);
        Assert.Equal(
            ["100000000000000", "700000000000000", "9000000000000000", "220524001859672", "250117800776785"],
            orders.Select(static order => order.BrokerOrderId)
        );
        Assert.Equal(
            [OrderStatus.Cancelled, OrderStatus.Filled, OrderStatus.Filled, OrderStatus.Rejected, OrderStatus.Cancelled],
            orders.Select(static order => order.Status)
        );
        Assert.Equal((4852m, 1m, "connect test order1"), (orders[1].AveragePrice, orders[1].Filled, orders[1].Tag));
        Assert.StartsWith("Insufficient funds.", orders[3].Reason, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2022, 5, 24, 12, 26, 52, TimeSpan.FromHours(5.5)), orders[3].RequestedAt);
    }

    [Fact]
    public async Task Recorded_trades_positions_and_funds_are_read()
    {
        var trade = Assert.Single(await Recorded("trades.json").GetExecutionsAsync(Ct));
        Assert.Equal(
            ("159918", "NSE:ACC", Side.Buy, 10m, 100.98m),
            (trade.ExecutionId, trade.Symbol, trade.Side, trade.Quantity, trade.Price)
        );
        // Three net ones; those of the day are not added to them.
        var positions = await Recorded("positions.json").GetPositionsAsync(Ct);
        Assert.Equal([1m, 0m, 0m], positions.Select(static position => position.Quantity));
        Assert.NotEqual(0, await Recorded("equity_margins.json").GetAvailableFundsAsync(Ct));
    }

    [Theory]
    [InlineData("COMPLETE", 1, OrderStatus.Filled)]
    [InlineData("CANCELLED", 0, OrderStatus.Cancelled)]
    [InlineData("REJECTED", 0, OrderStatus.Rejected)]
    [InlineData("PUT ORDER REQ RECEIVED", 0, OrderStatus.Submitted)]
    [InlineData("VALIDATION PENDING", 0, OrderStatus.Submitted)]
    [InlineData("OPEN PENDING", 0, OrderStatus.Submitted)]
    [InlineData("AMO REQ RECEIVED", 0, OrderStatus.Submitted)]
    [InlineData("TRIGGER PENDING", 0, OrderStatus.Accepted)]
    [InlineData("OPEN", 0, OrderStatus.Accepted)]
    [InlineData("OPEN", 1, OrderStatus.PartiallyFilled)]
    [InlineData("MODIFY PENDING", 0, OrderStatus.PendingUpdate)]
    [InlineData("CANCEL PENDING", 1, OrderStatus.PendingCancel)]
    [InlineData("CANCELLED AMO", 0, OrderStatus.Accepted)]
    [InlineData("SOMETHING NEW", 0, OrderStatus.Accepted)]
    public async Task Only_three_states_are_final_and_an_unknown_one_is_live(string status, int filled, OrderStatus expected)
    {
        var broker = Answering(
            $$"""
            {"status":"success","data":[ {"order_id":"1","status":"{{status}}","exchange":"NSE","tradingsymbol":"INFY","transaction_type":"BUY",
            "quantity":2,"filled_quantity":{{filled}},"exchange_timestamp":null,"tag":null,"new_field":[1]} ]}
            """
        );
        var order = Assert.Single(await broker.GetOrdersAsync(Ct));
        Assert.Equal((expected, status, ""), (order.Status, order.StatusText, order.Tag));
    }

    [Theory]
    [InlineData("""{"status":"success","data":{}}""")]
    [InlineData("""{"status":"success","data":{"order_id":null}}""")]
    [InlineData("""{"status":"success","data":{"order_id":""}}""")]
    [InlineData("""{"status":"success","data":null}""")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task An_answer_of_200_without_an_order_id_is_no_proof_of_anything(string body)
    {
        var answer = await Answering(body).PlaceAsync(Order(), Ct);
        Assert.IsType<BrokerAnswer.Unknown>(answer);
    }

    [Fact]
    public void A_tag_is_what_kite_allows()
    {
        foreach (var id in Enumerable.Range(0, 1000).Select(static _ => Guid.CreateVersion7()))
        {
            Assert.Matches("^[0-9a-z]{1,20}$", KiteTag.Of(id));
        }

        Assert.Equal(KiteTag.Of(Guid.Empty), KiteTag.Of(Guid.Empty));
    }

    [Fact]
    public void A_postback_is_kites_by_its_checksum_alone()
    {
        var body = Postback("12026-12-01 10:00:00secret");
        Assert.Equal(new KitePostback.Genuine("1", "mine"), KitePostback.Read(body, "secret"));
        Assert.IsType<KitePostback.Forged>(KitePostback.Read(body, "other"));
        Assert.IsType<KitePostback.Forged>(KitePostback.Read(Postback("12026-12-01 10:00:00"), "secret"));
        Assert.IsType<KitePostback.Forged>(KitePostback.Read("""{"order_id":"1","order_timestamp":"2026-12-01 10:00:00"}"""u8, "secret"));
        Assert.IsType<KitePostback.Forged>(KitePostback.Read("""{"order_id":"1","checksum":"zz"}"""u8, "secret"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("order_id=1&checksum=2")]
    [InlineData("""{"order_id":""}""")]
    [InlineData("""{"order_id":1}""")]
    [InlineData("""{"order_id":["1"]}""")]
    public void What_names_no_order_is_no_postback(string body) =>
        Assert.IsType<KitePostback.Unreadable>(KitePostback.Read(Encoding.UTF8.GetBytes(body), "secret"));

    // Numbers as text and nulls, as Kite has them.
    private static byte[] Postback(string secret) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {"order_id":"1","status":"COMPLETE","exchange":"NSE","tradingsymbol":"INFY","transaction_type":"BUY","quantity":"2","price":null,
            "order_timestamp":"2026-12-01 10:00:00","tag":"mine","tags":["mine"],
            "checksum":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))}}"}
            """
        );

    private static OrderRequest Order() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            ClientOrderId = Guid.CreateVersion7(),
            Symbol = "NSE:INFY",
            Side = Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Day,
            Quantity = 1,
            EventTime = DateTimeOffset.UnixEpoch,
        };

    [Theory]
    [InlineData("", null)]
    [InlineData("ALGO42", "ALGO42")]
    public void An_order_carries_the_exchanges_id_of_the_algorithm_where_there_is_one(string setting, string? sent)
    {
        var form = KiteOrderForm.New(Order(), new KiteBrokerOptions { AlgoId = setting }, "tag");
        Assert.Equal(sent, form.Where(static field => field.Key == "algo_id").Select(static field => field.Value).SingleOrDefault());
    }

    /// <summary>Without a session nothing is sent, so nothing is unknown of it: neither where none can be had, nor where the present one is
    /// over and the next one cannot.</summary>
    [Theory]
    [InlineData("silent", false)]
    [InlineData("silent", true)]
    [InlineData("502", false)]
    [InlineData("502", true)]
    [InlineData("lost", true)]
    public async Task An_order_that_could_not_be_signed_was_not_sent(string trouble, bool isOver)
    {
        var (signed, sent) = (0, 0);
        using var http = new HttpClient(
            new Counted(
                () => sent++,
                HttpStatusCode.Forbidden,
                "{\"status\":\"error\",\"error_type\":\"TokenException\",\"message\":\"over\"}"
            )
        )
        {
            BaseAddress = new Uri("http://kite.test"),
        };
        using var sessions = new KiteSessions(async ct =>
        {
            if (isOver && signed++ == 0)
            {
                return new KiteCredentials("key", "access");
            }

            await (trouble == "silent" ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask);
            throw trouble == "502"
                ? new KiteException(HttpStatusCode.BadGateway, "NetworkException", "bad gateway")
                : new HttpRequestException(HttpRequestError.ResponseEnded, "reset");
        });
        var options = new KiteBrokerOptions { AnswerLimit = TimeSpan.FromMilliseconds(100) };
        var broker = new KiteBroker(new KiteOrderClient(http), sessions, options, TimeProvider.System);

        var answer = await broker.PlaceAsync(Order(), Ct);

        var refused = Assert.IsType<BrokerAnswer.Refused>(answer);
        Assert.True(refused.IsTransient);
        Assert.StartsWith("no session", refused.Message, StringComparison.Ordinal);
        Assert.Equal(isOver ? 1 : 0, sent);
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => broker.GetOrdersAsync(Ct));
    }

    private static KiteBroker Recorded(string name) => Answering(File.ReadAllText(SharedData.Require($"kite/rest/{name}")));

    private static KiteBroker Answering(string body)
    {
        var http = new HttpClient(new Always(body)) { BaseAddress = new Uri("http://kite.test") };
        var sessions = new KiteSessions(static _ => Task.FromResult(new KiteCredentials("key", "access")));
        return new KiteBroker(new KiteOrderClient(http), sessions, new KiteBrokerOptions(), TimeProvider.System);
    }

    private sealed class Counted(Action sent, HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent();
            return Task.FromResult(
                new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
            );
        }
    }

    private sealed class Always(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
            );
    }
}
