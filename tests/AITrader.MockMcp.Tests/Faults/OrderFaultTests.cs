using System.Net;
using System.Text.Json;

namespace AITrader.MockMcp.Tests.Faults;

public sealed class OrderFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("504", HttpStatusCode.GatewayTimeout, true)]
    [InlineData("unsent", HttpStatusCode.GatewayTimeout, false)]
    [InlineData("502-page", HttpStatusCode.BadGateway, true)]
    public async Task An_answer_that_is_lost_does_not_tell_whether_the_order_is_in_the_book(
        string mode,
        HttpStatusCode status,
        bool isTaken
    )
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync($"orders/lose-answer?mode={mode}", Ct);
        using var request = kite.Request(HttpMethod.Post, "orders/regular", KiteCaller.Fields(("tag", "lost1")));
        using var answer = await mock.Http.SendAsync(request, Ct);
        Assert.Equal(status, answer.StatusCode);
        var isPage = answer.Content.Headers.ContentType!.MediaType == "text/html";
        Assert.Equal(mode == "502-page", isPage);
        var found = (await kite.GetAsync("orders")).EnumerateArray().Where(static order => order.GetProperty("tag").GetString() == "lost1");
        Assert.Equal(isTaken ? 1 : 0, found.Count());
        // The next one is answered again.
        await kite.PlaceAsync("regular");
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("drop")]
    public async Task An_answer_never_comes_and_the_order_is_in_the_book(string mode)
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync($"orders/lose-answer?mode={mode}", Ct);
        using var request = kite.Request(HttpMethod.Post, "orders/regular", KiteCaller.Fields(("tag", "lost2")));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var sending = mock.Http.SendAsync(request, patience.Token);
        if (mode == "hang")
        {
            while ((await kite.GetAsync("orders")).GetArrayLength() == 0)
            {
                await Task.Delay(20, Ct);
            }

            Assert.False(sending.IsCompleted);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        }

        Assert.Equal("lost2", Assert.Single((await kite.GetAsync("orders")).EnumerateArray()).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task The_answer_to_a_cancellation_is_lost_too()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 5));
        await mock.OrderAsync("orders/lose-answer?mode=504", Ct);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await kite.SendAsync(HttpMethod.Delete, $"orders/regular/{id}")).Status);
        Assert.Equal("CANCELLED", (await kite.LastAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_rms_rejects_what_it_is_told_to_in_the_words_it_is_given()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync("orders/reject", Ct);
        var last = await kite.LastAsync(await kite.PlaceAsync("regular"));
        Assert.Equal("REJECTED", last.GetProperty("status").GetString());
        Assert.StartsWith(
            "RMS:Margin Exceeds,Required:95417.84",
            last.GetProperty("status_message_raw").GetString(),
            StringComparison.Ordinal
        );
        await mock.OrderAsync("orders/reject?message=RMS:Blocked", Ct);
        last = await kite.LastAsync(await kite.PlaceAsync("regular"));
        Assert.Equal("RMS:Blocked", last.GetProperty("status_message").GetString());
        Assert.Equal("COMPLETE", (await kite.LastAsync(await kite.PlaceAsync("regular"))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_late_fill_comes_when_its_time_is_over()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync("orders/late?seconds=600", Ct);
        var id = await kite.PlaceAsync("regular");
        await mock.StepAsync(5);
        Assert.Equal("OPEN", (await kite.LastAsync(id)).GetProperty("status").GetString());
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddSeconds(601).ToString("O"))}", Ct);
        Assert.Equal("COMPLETE", (await kite.LastAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Partial_fills_come_one_a_step()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync("orders/partial?quantity=4", Ct);
        var id = await kite.PlaceAsync("regular");
        var seen = new List<int> { Filled(await kite.LastAsync(id)) };
        for (var step = 0; step < 2; step++)
        {
            await mock.StepAsync();
            seen.Add(Filled(await kite.LastAsync(id)));
        }

        Assert.Equal([4, 8, 10], seen);
    }

    [Fact]
    public async Task Orders_alone_are_refused_while_the_book_can_be_read()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await mock.OrderAsync("rest/refuse?status=429&count=1&scope=orders", Ct);
        Assert.Empty((await kite.GetAsync("orders")).EnumerateArray());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await kite.OrderAsync("regular")).Status);
        await mock.OrderAsync("rest/refuse?status=502&count=1&body=html", Ct);
        using var request = kite.Request(HttpMethod.Get, "orders");
        using var page = await mock.Http.SendAsync(request, Ct);
        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        await mock.OrderAsync("rest/refuse?status=403&count=1", Ct);
        var (status, body) = await kite.OrderAsync("regular");
        Assert.Equal((HttpStatusCode.Forbidden, "TokenException"), (status, body.GetProperty("error_type").GetString()));
        Assert.Empty((await kite.GetAsync("orders")).EnumerateArray());
    }

    [Theory]
    [InlineData("orders/lose-answer?mode=never")]
    [InlineData("orders/partial?quantity=0")]
    [InlineData("orders/late?seconds=-1")]
    [InlineData("rest/refuse?status=200&count=1")]
    [InlineData("rest/refuse?status=429&count=1&body=html")]
    [InlineData("market/step?count=0")]
    public async Task A_fault_that_does_not_exist_is_refused(string fault)
    {
        await using var mock = await MockExchange.StartStillAsync();
        using var answer = await mock.Http.PostAsync(new Uri($"/admin/{fault}", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task More_orders_than_ten_a_second_are_too_many_and_not_in_the_book()
    {
        await using var mock = await MockExchange.StartStillAsync(("Kite:LimitRates", "true"), ("Broker:Cash", "100000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => kite.OrderAsync("regular", ("quantity", 1))));
        var taken = answers.Count(static answer => answer.Status == HttpStatusCode.OK);
        Assert.Contains(answers, static answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(
            taken,
            JsonDocument
                .Parse(await mock.Http.GetStringAsync(new Uri("/admin/ledger", UriKind.Relative), Ct))
                .RootElement.GetProperty("data")
                .GetProperty("orders")
                .GetArrayLength()
        );
    }

    private static int Filled(JsonElement order) => order.GetProperty("filled_quantity").GetInt32();
}
