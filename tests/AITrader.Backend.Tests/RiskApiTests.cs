using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

/// <summary>Limits and kill switches over HTTP.</summary>
public sealed class RiskApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trader_lowers_limits_at_once_and_raises_none()
    {
        using var trader = fixture.Gateway.ClientOf("trader");
        using var lowered = await PutAsync(trader, "symbol/BTCUSDT", new { max_order_notional = 500, orders_per_second = 5 });
        Assert.Equal(HttpStatusCode.OK, lowered.StatusCode);
        Assert.Equal(1, (await Gateway.JsonAsync(lowered)).GetProperty("version").GetInt32());

        using var raised = await PutAsync(trader, "symbol/BTCUSDT", new { max_order_notional = 501, orders_per_second = 5 });
        Assert.Equal(HttpStatusCode.Forbidden, raised.StatusCode);
        using var removed = await PutAsync(trader, "symbol/BTCUSDT", new { max_order_notional = 500 });
        Assert.Equal(HttpStatusCode.Forbidden, removed.StatusCode);
        Assert.Contains("OrdersPerSecond", (await Gateway.JsonAsync(removed)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        var limits = (await GetAsync())
            .GetProperty("limits")
            .EnumerateArray()
            .Single(static row => row.GetProperty("name").GetString() == "BTCUSDT");
        Assert.Equal(500, limits.GetProperty("limits").GetProperty("max_order_notional").GetDecimal());
    }

    [Fact]
    public async Task Raising_needs_an_administrator_who_confirms_it_and_each_step_is_audited()
    {
        using var set = await PutAsync(fixture.Client, "strategy/ema", new { position_notional = 1000 });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        using var proposed = await PutAsync(fixture.Client, "strategy/ema", new { position_notional = 2000 });
        Assert.Equal(HttpStatusCode.Accepted, proposed.StatusCode);
        var proposal = await Gateway.JsonAsync(proposed);
        Assert.Equal(["PositionNotional"], proposal.GetProperty("raised").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(1000, await LimitAsync("ema", "position_notional"));

        var confirm = $"/api/v1/risk/proposals/{proposal.GetProperty("id").GetString()}/confirm";
        using var trader = fixture.Gateway.ClientOf("trader");
        using var refused = await trader.PostAsync(confirm, null, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var confirmed = await fixture.Client.PostAsync(confirm, null, Ct);
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.Equal(2000, await LimitAsync("ema", "position_notional"));
        using var again = await fixture.Client.PostAsync(confirm, null, Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);

        await using var db = fixture.Gateway.NewContext();
        var events = await db.AuditEvents.Where(static row => row.EntityId == "ema").OrderBy(static row => row.Timestamp).ToListAsync(Ct);
        Assert.Equal(["risk.limits.changed", "risk.limits.proposed", "risk.limits.changed"], events.Select(static row => row.EventType));
        Assert.All(events, static row => Assert.NotNull(row.UserId));
    }

    [Fact]
    public async Task A_proposal_on_limits_that_changed_meanwhile_confirms_nothing()
    {
        using var set = await PutAsync(fixture.Client, "strategy/stale", new { position = 10 });
        using var proposed = await PutAsync(fixture.Client, "strategy/stale", new { position = 20 });
        using var lowered = await PutAsync(fixture.Client, "strategy/stale", new { position = 5 });
        Assert.Equal(HttpStatusCode.OK, lowered.StatusCode);

        var id = (await Gateway.JsonAsync(proposed)).GetProperty("id").GetString();
        using var confirmed = await fixture.Client.PostAsync($"/api/v1/risk/proposals/{id}/confirm", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, confirmed.StatusCode);
        Assert.Equal(5, await LimitAsync("stale", "position"));
    }

    [Fact]
    public async Task A_trader_switches_off_and_an_administrator_on()
    {
        using var trader = fixture.Gateway.ClientOf("trader");
        using var killed = await trader.PostAsJsonAsync("/api/v1/risk/kill", new { strategy = "runaway", reason = "too many orders" }, Ct);
        Assert.Equal(HttpStatusCode.OK, killed.StatusCode);
        using var revived = await trader.PostAsJsonAsync("/api/v1/risk/revive", new { strategy = "runaway" }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, revived.StatusCode);
        Assert.Contains((await GetAsync()).GetProperty("switched_off").EnumerateArray(), static row =>
            row.GetProperty("strategy").GetString() == "runaway"
        );

        using var on = await fixture.Client.PostAsJsonAsync("/api/v1/risk/revive", new { strategy = "runaway" }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, on.StatusCode);
        using var twice = await fixture.Client.PostAsJsonAsync("/api/v1/risk/revive", new { strategy = "runaway" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Theory]
    [InlineData("limits/symbol/BTCUSDT", """{"limits":{"max_ordr":1}}""", "bad-limits")]
    [InlineData("limits/symbol/BTCUSDT", """{"limits":{"position":-1}}""", "bad-limits")]
    [InlineData("limits/planet/mars", """{"limits":{}}""", "unknown-scope")]
    public async Task Limits_that_make_no_sense_are_refused(string path, string body, string reason)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Client.PutAsync($"/api/v1/risk/{path}", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        using var viewer = fixture.Gateway.ClientOf("viewer");
        using var read = await viewer.GetAsync("/api/v1/risk", Ct);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var set = await PutAsync(viewer, "account", new { position = 1 });
        Assert.Equal(HttpStatusCode.Forbidden, set.StatusCode);
        using var kill = await viewer.PostAsJsonAsync("/api/v1/risk/kill", new { reason = "x" }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, kill.StatusCode);
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string scope, object limits) =>
        client.PutAsJsonAsync($"/api/v1/risk/limits/{scope}", new { limits }, Ct);

    private async Task<decimal> LimitAsync(string name, string limit) =>
        (await GetAsync())
            .GetProperty("limits")
            .EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == name)
            .GetProperty("limits")
            .GetProperty(limit)
            .GetDecimal();

    private async Task<JsonElement> GetAsync()
    {
        using var answer = await fixture.Client.GetAsync("/api/v1/risk", Ct);
        return await Gateway.JsonAsync(answer);
    }
}
