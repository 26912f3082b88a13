using System.Security.Cryptography;

namespace AITrader.MockMcp.Sessions;

/// <summary>The app that the MCP server signs users in with. It is another than that of REST clients: a login of one does not end the
/// session of the other.</summary>
internal static class McpApp
{
    public const string Key = "mock_mcp_server";
    public const string RedirectUrl = "/callback";

    /// <summary>Known to this process alone.</summary>
    public static string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
