namespace AITrader.MockMcp.Tests.PublishedClients;

/// <summary>The official clients work against the mock as they do against the vendor.</summary>
public sealed class NodeClientTests(NodeClients clients) : IClassFixture<NodeClients>
{
    [Theory]
    [InlineData("rest.mjs", 11)]
    [InlineData("ticker.mjs", 6)]
    [InlineData("mcp.mjs", 6)]
    public async Task A_client_of_the_vendor_does_all_it_can(string script, int checks)
    {
        await using var mock = await MockExchange.StartAsync(script == "rest.mjs" ? [("Market:TicksPerSecond", "0")] : []);
        var (code, output) = await clients.RunAsync(script, mock.Address.AbsoluteUri.TrimEnd('/'));
        Assert.True(code == 0, output);
        Assert.Equal(checks, output.Split('\n').Count(static line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("server-initialize")]
    [InlineData("ping")]
    [InlineData("logging-set-level")]
    [InlineData("tools-list")]
    [InlineData("dns-rebinding-protection")]
    public async Task The_conformance_tool_of_the_protocol_finds_no_fault(string scenario)
    {
        await using var mock = await MockExchange.StartStillAsync();
        var (code, output) = await clients.RunAsync(
            "node_modules/@modelcontextprotocol/conformance/dist/index.js",
            "server",
            "--url",
            $"http://localhost:{mock.Address.Port}/mcp",
            "--scenario",
            scenario
        );
        Assert.True(code == 0, output);
        Assert.Contains(" 0 failed, 0 warnings", output, StringComparison.Ordinal);
    }
}
