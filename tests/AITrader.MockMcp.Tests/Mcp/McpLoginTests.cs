using System.Net;
using System.Text;
using System.Text.Json;

namespace AITrader.MockMcp.Tests.Mcp;

public sealed class McpLoginTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offers_kites_22_tools_with_their_arguments()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.ConnectAsync(mock);
        var tools = await user.Client.ListToolsAsync(cancellationToken: Ct);
        Assert.Equal(
            [
                "cancel_order",
                "delete_gtt_order",
                "get_gtts",
                "get_historical_data",
                "get_holdings",
                "get_ltp",
                "get_margins",
                "get_mf_holdings",
                "get_ohlc",
                "get_order_history",
                "get_order_trades",
                "get_orders",
                "get_positions",
                "get_profile",
                "get_quotes",
                "get_trades",
                "login",
                "modify_gtt_order",
                "modify_order",
                "place_gtt_order",
                "place_order",
                "search_instruments",
            ],
            tools.Select(static tool => tool.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(tools, static tool => Assert.NotEmpty(tool.Description));
        var place = tools.Single(static tool => tool.Name == "place_order").JsonSchema;
        Assert.Equal(
            ["variety", "exchange", "tradingsymbol", "transaction_type", "quantity", "product", "order_type"],
            place.GetProperty("required").EnumerateArray().Select(static name => name.GetString())
        );
        var properties = place.GetProperty("properties");
        Assert.Equal(20, properties.GetProperty("tag").GetProperty("maxLength").GetInt32());
        Assert.Equal(1, properties.GetProperty("quantity").GetProperty("minimum").GetInt32());
        Assert.Equal("regular", properties.GetProperty("variety").GetProperty("default").GetString());
        var modify = tools.Single(static tool => tool.Name == "modify_gtt_order").JsonSchema.GetProperty("properties");
        Assert.False(modify.TryGetProperty("product", out _));
    }

    [Fact]
    public async Task Nothing_but_the_search_works_before_the_login_and_everything_after()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.ConnectAsync(mock);
        Assert.Equal("Please log in first using the login tool", await user.ErrorAsync("get_profile"));
        Assert.Equal(
            408065,
            (await user.JsonAsync("search_instruments", new { query = "infy" }))[0].GetProperty("instrument_token").GetInt32()
        );
        var answer = await user.TextAsync("login");
        Assert.Contains("WARNING", answer, StringComparison.Ordinal);
        using (var page = await user.FollowAsync(answer))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        Assert.Equal("You are already logged in as Mock Trader", await user.TextAsync("login"));
        Assert.Equal("AB1234", (await user.JsonAsync("get_profile")).GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task A_login_belongs_to_its_mcp_session_alone()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var first = await McpUser.SignInAsync(mock);
        await using var second = await McpUser.ConnectAsync(mock);
        Assert.NotEqual(first.Client.SessionId, second.Client.SessionId);
        Assert.Equal("Please log in first using the login tool", await second.ErrorAsync("get_orders"));
        Assert.Empty((await first.JsonAsync("get_orders")).EnumerateArray());
    }

    [Fact]
    public async Task A_login_over_mcp_leaves_the_session_of_a_rest_client_alone()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await using var user = await McpUser.SignInAsync(mock);
        await kite.GetAsync("user/profile");
        await KiteCaller.SignInAsync(mock);
        Assert.Equal("AB1234", (await user.JsonAsync("get_profile")).GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task A_session_that_the_broker_ended_fails_without_a_reason_and_a_new_login_helps()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.SignInAsync(mock);
        await mock.OrderAsync("sessions/end", Ct);
        Assert.Equal("Failed to execute get_orders", await user.ErrorAsync("get_orders"));
        using var page = await user.FollowAsync(await user.TextAsync("login"));
        Assert.Empty((await user.JsonAsync("get_orders")).EnumerateArray());
    }

    [Fact]
    public async Task A_link_that_is_forged_old_or_used_does_not_sign_in()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.ConnectAsync(mock);
        var answer = await user.TextAsync("login");
        using (
            var forged = await user.FollowAsync(
                answer.Replace("%7C", "1%7C", StringComparison.Ordinal).Replace("%257C", "1%257C", StringComparison.Ordinal)
            )
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }

        await mock.OrderAsync($"clock?now={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(31).ToString("O"))}", Ct);
        using (var old = await user.FollowAsync(answer))
        {
            Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        }

        Assert.Equal("Please log in first using the login tool", await user.ErrorAsync("get_orders"));
    }

    [Fact]
    public async Task A_client_without_sessions_is_told_which_versions_there_are_and_falls_back()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.ConnectAsync(mock);
        Assert.Equal("2025-11-25", user.Client.NegotiatedProtocolVersion);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp");
        request.Content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}""",
            Encoding.UTF8,
            "application/json"
        );
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/list");
        using var answer = await mock.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("error");
        Assert.True(error.GetProperty("code").GetInt32() == -32022, error.ToString());
    }

    [Fact]
    public async Task Pages_of_other_sites_and_unknown_sessions_are_refused()
    {
        await using var mock = await MockExchange.StartStillAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(mock, ("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(mock, ("Mcp-Session-Id", "unknown"), ("Origin", "http://localhost:5173")));
    }

    private static async Task<HttpStatusCode> PostAsync(MockExchange mock, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp");
        request.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", Encoding.UTF8, "application/json");
        request.Headers.Add("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await mock.Http.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
