using System.Net;
using AITrader.Contracts;
using AITrader.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Backend.Tests;

public sealed class BookTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Book =
        """{"symbol":"NSE:BOOK","venue":"kite","timestamp":"2026-01-05T03:45:00.000000Z","update_id":0,"state":"live","bids":[[10.5,2]],"asks":[[10.6,1]],"spread":0.1,"mid":10.55,"micro_price":10.566666666666666,"imbalance":0.3333333333333333,"checksum":"00000000000000ff"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_book_as_it_was_published()
    {
        await fixture.Gateway.Services.GetRequiredService<ICache>().SetAsync(CacheKeys.Book("NSE:BOOK"), Book, CacheKeys.MarketTtl, Ct);
        using var answer = await fixture.Client.GetAsync("/api/v1/books/NSE%3ABOOK", Ct);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(Book, await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Says_what_to_do_where_there_is_no_book()
    {
        using var answer = await fixture.Client.GetAsync("/api/v1/books/NOBODY", Ct);
        var problem = await Gateway.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("urn:aitrader:backend:no-book", problem.GetProperty("type").GetString());
        Assert.Contains("Start a replay", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Wants_a_token()
    {
        using var answer = await fixture.Gateway.Anonymous.GetAsync("/api/v1/books/BTCUSDT", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
