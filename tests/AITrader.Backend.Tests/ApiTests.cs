using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Signals.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

public sealed class ApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/signals?limit=0", 400, "limit-out-of-range")]
    [InlineData("/api/signals?limit=501", 400, "limit-out-of-range")]
    [InlineData("/api/signals?limit=many", 400, null)]
    [InlineData("/api/signals?symbol=NOPE", 400, "unknown-symbol")]
    [InlineData("/api/signals?before=zzz", 400, "malformed-cursor")]
    [InlineData("/api/signals?before=!!", 400, "malformed-cursor")]
    [InlineData("/api/v1/orders?limit=-1", 400, "limit-out-of-range")]
    [InlineData("/api/v1/orders?status=done", 400, "unknown-status")]
    [InlineData("/api/v1/orders?symbol=NOPE", 400, "unknown-symbol")]
    [InlineData("/api/v1/orders?before=MTIz", 400, "malformed-cursor")]
    [InlineData("/api/v1/orders/abc", 400, null)]
    [InlineData("/api/v1/orders/4b4f7f0e-0000-0000-0000-000000000000", 404, "unknown-order")]
    [InlineData("/api/v1/trades?limit=1000", 400, "limit-out-of-range")]
    [InlineData("/api/v1/trades?symbol=NOPE", 400, "unknown-symbol")]
    [InlineData("/api/v1/trades?before=-", 400, "malformed-cursor")]
    [InlineData("/api/v1/decisions/4b4f7f0e-0000-0000-0000-000000000000", 404, "unknown-decision")]
    [InlineData("/api/v1/decisions/4b4f7f0e-0000-0000-0000-000000000000/recomputed", 404, "unknown-decision")]
    [InlineData("/api/v1/nothing", 404, null)]
    public async Task Bad_input_is_a_problem_that_says_what(string path, int status, string? reason)
    {
        using var answer = await fixture.Client.GetAsync(path, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("   at ", body);
        Assert.StartsWith($"urn:aitrader:backend:{reason}", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("/api/signals")]
    [InlineData("/api/v1/orders")]
    [InlineData("/api/v1/trades")]
    public async Task Pages_join_without_gap_or_overlap(string list)
    {
        var key = list.EndsWith("trades", StringComparison.Ordinal) ? "trade_id" : "id";
        var whole = Items(await GetAsync($"{list}?symbol=BTCUSDT")).Select(item => item.GetProperty(key).ToString()).ToList();

        var parts = new List<string>();
        string? next = null;
        do
        {
            var page = await GetAsync($"{list}?limit=2{(next is null ? "" : $"&before={next}")}");
            Assert.InRange(Items(page).Count, 1, 2);
            parts.AddRange(Items(page).Select(item => item.GetProperty(key).ToString()));
            next = page.GetProperty("next").GetString();
        } while (next is not null);

        Assert.Equal(5, whole.Count);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public async Task Lists_the_patterns_of_the_registry_with_their_parameters()
    {
        var patterns = Items(await GetAsync("/api/v1/patterns"));

        Assert.Equal(PatternCatalogue.BuiltIn.Names, patterns.Select(static pattern => pattern.GetProperty("name").GetString()));
        var sweep = patterns.Single(static pattern => pattern.GetProperty("name").GetString() == "sweep");
        Assert.Equal(
            ("microstructure", "tick", false),
            (sweep.GetProperty("family").GetString(), sweep.GetProperty("input").GetString(), sweep.GetProperty("is_neutral").GetBoolean())
        );
        var levels = sweep
            .GetProperty("parameters")
            .EnumerateArray()
            .Single(static parameter => parameter.GetProperty("name").GetString() == "MinLevels");
        Assert.Equal(
            ("count", 5.0, 2.0),
            (levels.GetProperty("unit").GetString(), levels.GetProperty("default").GetDouble(), levels.GetProperty("least").GetDouble())
        );
        Assert.True(
            patterns.Single(static pattern => pattern.GetProperty("name").GetString() == "cdl_doji").GetProperty("is_neutral").GetBoolean()
        );
    }

    [Fact]
    public async Task Listed_symbol_without_rows_gives_an_empty_page()
    {
        var page = await GetAsync("/api/signals?symbol=NSE:INFY");

        Assert.Empty(Items(page));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Signal_knows_its_decision()
    {
        var signal = Items(await GetAsync("/api/signals")).Single(static item => item.GetProperty("seq").GetInt64() == 1);

        Assert.Equal(GatewayFixture.Id("decision1"), signal.GetProperty("decision_id").GetGuid());
        Assert.Equal("BUY", signal.GetProperty("action").GetString());
        Assert.Equal("BULLISH", signal.GetProperty("direction").GetString());
        Assert.Equal("50000.1", signal.GetProperty("price").GetRawText());
        Assert.Equal("2024-08-08T12:00:00.000000Z", signal.GetProperty("timestamp").GetString());
        Assert.Equal(
            [
                "id",
                "symbol",
                "score",
                "timestamp",
                "pattern",
                "direction",
                "price",
                "tick_id",
                "seq",
                "run",
                "decision_id",
                "action",
                "family",
                "horizon_seconds",
                "evidence",
            ],
            signal.EnumerateObject().Select(static field => field.Name)
        );
    }

    [Fact]
    public async Task Signal_says_what_it_rests_on()
    {
        var signals = Items(await GetAsync("/api/signals")).ToDictionary(static item => item.GetProperty("seq").GetInt64());

        Assert.Equal("momentum", signals[1].GetProperty("family").GetString());
        Assert.Equal(300, signals[1].GetProperty("horizon_seconds").GetDouble());
        Assert.Equal("""{"band":0.5,"distance_bps":1.25}""", signals[1].GetProperty("evidence").GetRawText());

        // As signals of an earlier version are stored.
        Assert.Equal(JsonValueKind.Null, signals[2].GetProperty("horizon_seconds").ValueKind);
        Assert.Equal("{}", signals[2].GetProperty("evidence").GetRawText());
    }

    [Fact]
    public async Task Orders_are_filtered_by_status_newest_first()
    {
        var orders = Items(await GetAsync("/api/v1/orders?status=FILLED"));

        Assert.Equal(
            [GatewayFixture.Id("order4"), GatewayFixture.Id("order2")],
            orders.Select(static order => order.GetProperty("id").GetGuid())
        );
        Assert.Equal(
            [
                "id",
                "client_order_id",
                "decision_id",
                "symbol",
                "side",
                "type",
                "tif",
                "qty",
                "price",
                "conditions",
                "filled_qty",
                "average_price",
                "status",
                "reason",
                "origin",
                "run",
                "event_time",
                "updated_at",
            ],
            orders[0].EnumerateObject().Select(static field => field.Name)
        );
    }

    [Fact]
    public async Task Order_shows_its_life()
    {
        var order = await GetAsync($"/api/v1/orders/{GatewayFixture.Id("order1")}");

        Assert.Equal("SUBMITTED", Assert.Single(order.GetProperty("events").EnumerateArray()).GetProperty("status").GetString());
        var execution = Assert.Single(order.GetProperty("executions").EnumerateArray());
        Assert.Equal(
            (GatewayFixture.Id("exec1"), "0.5"),
            (execution.GetProperty("exec_id").GetGuid(), execution.GetProperty("qty").GetRawText())
        );
    }

    [Fact]
    public async Task Positions_are_marked_at_the_last_price()
    {
        var position = Items(await GetAsync("/api/v1/positions"))
            .Single(static item => item.GetProperty("symbol").GetString() == "BTCUSDT");

        Assert.Equal(
            ("1020", "20"),
            (position.GetProperty("market_value").GetRawText(), position.GetProperty("unrealised_pnl").GetRawText())
        );
    }

    [Fact]
    public async Task Decision_says_what_would_have_flipped_it()
    {
        var decision = await GetAsync($"/api/v1/decisions/{GatewayFixture.Id("decision1")}");

        Assert.Equal(GatewayFixture.Id("signal1"), decision.GetProperty("signal").GetProperty("id").GetGuid());
        Assert.Equal(3, decision.GetProperty("factors").GetArrayLength());
        Assert.Equal("onnx-runner", decision.GetProperty("provenance").GetProperty("winner").GetString());
        var flips = decision
            .GetProperty("flip")
            .EnumerateArray()
            .ToDictionary(static flip => flip.GetProperty("factor").GetString()!, static flip => flip.GetProperty("value_needed"));
        // 0.45 x + 0.0125 < 0.3 needs x < 0.638888…; 0.3375 + 0.25 x < 0.3 needs x < -0.15; an absent factor flips nothing.
        Assert.InRange(flips["pattern"].GetDecimal(), 0.63888m, 0.63889m);
        Assert.InRange(flips["technicals"].GetDecimal(), -0.15001m, -0.15m);
        Assert.Equal(JsonValueKind.Null, flips["forecast"].ValueKind);
    }

    [Fact]
    public async Task Trading_is_halted_and_resumed_with_an_audit_event_each()
    {
        using var halted = await fixture.Client.PostAsJsonAsync("/api/v1/trading-state", new { state = "HALTED", reason = "lunch" }, Ct);
        Assert.Equal(HttpStatusCode.OK, halted.StatusCode);
        var status = await GetAsync("/api/status");
        Assert.Equal("halted", status.GetProperty("status").GetString());
        Assert.Equal("lunch", status.GetProperty("account").GetProperty("halt_reason").GetString());

        using var resumed = await fixture.Client.PostAsJsonAsync("/api/v1/trading-state", new { state = "ACTIVE" }, Ct);
        Assert.Equal("ACTIVE", (await Gateway.JsonAsync(resumed)).GetProperty("state").GetString());

        await using var db = fixture.Gateway.NewContext();
        var events = await db
            .AuditEvents.Where(static row => row.EventType == "account.trading_state")
            .OrderBy(static row => row.Timestamp)
            .ToListAsync(Ct);
        Assert.Equal(
            ["HALTED", "ACTIVE"],
            events.Select(static row => JsonDocument.Parse(row.Changes).RootElement.GetProperty("to").GetString())
        );
        Assert.All(events, static row => Assert.NotNull(row.UserId));
    }

    [Theory]
    [InlineData("""{"state":"OFF","reason":"x"}""", "unknown-trading-state")]
    [InlineData("""{"state":"HALTED","reason":"  "}""", "reason-required")]
    [InlineData("""{"state":"HALTED"}""", "reason-required")]
    [InlineData("""{"reason":"x"}""", null)]
    [InlineData("""{"state":"ACTIVE","volume":11}""", null)]
    public async Task Bad_trading_state_changes_nothing(string body, string? reason)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Client.PostAsync("/api/v1/trading-state", content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task OpenApi_document_lists_every_route()
    {
        var paths = (await GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(static path => path.Name);

        Assert.Equal(
            [
                "/api/auth/links",
                "/api/auth/sign-in",
                "/api/signals",
                "/api/status",
                "/api/v1/adjustments",
                "/api/v1/books/{symbol}",
                "/api/v1/candles",
                "/api/v1/decisions/{id}",
                "/api/v1/decisions/{id}/recomputed",
                "/api/v1/flags",
                "/api/v1/flags/{name}",
                "/api/v1/jobs",
                "/api/v1/jobs/{id}",
                "/api/v1/jobs/{id}/cancel",
                "/api/v1/models",
                "/api/v1/models/{model}/promotions",
                "/api/v1/models/{model}/serving",
                "/api/v1/models/{model}/versions",
                "/api/v1/models/{model}/versions/{version}",
                "/api/v1/orders",
                "/api/v1/orders/{id}",
                "/api/v1/patterns",
                "/api/v1/positions",
                "/api/v1/replay",
                "/api/v1/replay/loop",
                "/api/v1/replay/pause",
                "/api/v1/replay/resume",
                "/api/v1/replay/seek",
                "/api/v1/replay/speed",
                "/api/v1/replay/stop",
                "/api/v1/risk",
                "/api/v1/risk/kill",
                "/api/v1/risk/limits/account",
                "/api/v1/risk/limits/{scope}/{name}",
                "/api/v1/risk/proposals/{id}/confirm",
                "/api/v1/risk/revive",
                "/api/v1/runs",
                "/api/v1/runs/backtests",
                "/api/v1/runs/compare",
                "/api/v1/runs/{id}",
                "/api/v1/runs/{id}/equity",
                "/api/v1/runs/{id}/export/{table}",
                "/api/v1/strategies",
                "/api/v1/strategies/{name}/reload",
                "/api/v1/ticks",
                "/api/v1/ticks/export",
                "/api/v1/ticks/gaps",
                "/api/v1/trades",
                "/api/v1/trading-state",
            ],
            paths.Order(StringComparer.Ordinal)
        );
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await fixture.Client.GetAsync(path, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return await Gateway.JsonAsync(answer);
    }
}
