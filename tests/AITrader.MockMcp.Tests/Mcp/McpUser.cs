using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AITrader.MockMcp.Tests.Mcp;

/// <summary>A client of the mock's MCP server.</summary>
internal sealed partial class McpUser : IAsyncDisposable
{
    private readonly MockExchange _mock;

    private McpUser(MockExchange mock, McpClient client) => (_mock, Client) = (mock, client);

    public McpClient Client { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<McpUser> ConnectAsync(MockExchange mock, string? version = null)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = new Uri(mock.Address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }
        );
        var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version }, cancellationToken: Ct);
        return new McpUser(mock, client);
    }

    public static async Task<McpUser> SignInAsync(MockExchange mock)
    {
        var user = await ConnectAsync(mock);
        using var page = await user.FollowAsync(await user.TextAsync("login"));
        page.EnsureSuccessStatusCode();
        return user;
    }

    /// <summary>Follows the link of a login's answer, as the user does in a browser.</summary>
    public Task<HttpResponseMessage> FollowAsync(string answer) => _mock.Http.GetAsync(new Uri(Link().Match(answer).Groups[1].Value), Ct);

    public Task<CallToolResult> CallAsync(string tool, object? arguments = null) =>
        Client
            .CallToolAsync(
                tool,
                JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(arguments ?? new { })),
                cancellationToken: Ct
            )
            .AsTask();

    public async Task<string> TextAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        var text = ((TextContentBlock)Assert.Single(result.Content)).Text;
        Assert.True(result.IsError != true, text);
        return text;
    }

    public async Task<JsonElement> JsonAsync(string tool, object? arguments = null) =>
        JsonDocument.Parse(await TextAsync(tool, arguments)).RootElement.Clone();

    public async Task<string> ErrorAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result.IsError);
        return ((TextContentBlock)Assert.Single(result.Content)).Text;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    [GeneratedRegex(@"\[Login to Kite\]\(([^)]+)\)")]
    private static partial Regex Link();
}
