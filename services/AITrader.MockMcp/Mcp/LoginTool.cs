using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Shapes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AITrader.MockMcp.Mcp;

/// <summary>The tool that answers with a link where the user signs in.</summary>
internal sealed class LoginTool : McpServerTool
{
    public override IReadOnlyList<object> Metadata => [];

    public override Tool ProtocolTool { get; } =
        new()
        {
            Name = "login",
            Description =
                "Login to Kite API. Call it at the start of a conversation, and after a session error. Returns a link that the user follows to authorize access.",
            InputSchema = ToolSchema.None.ToJson(),
        };

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        var face = request.Services!.GetRequiredService<McpFace>();
        var session = request.Server.SessionId!;
        if (face.Logins.Find(session) is { } access)
        {
            if (face.Sessions.IsOpen(McpApp.Key, access))
            {
                return ValueTask.FromResult(KiteTool.Plain($"You are already logged in as {ProfileShape.UserName}"));
            }

            face.Logins.Forget(session);
        }

        return ValueTask.FromResult(KiteTool.Plain(Text(face.Logins.Link(Origin(face.Http.HttpContext!.Request), session))));
    }

    private static Uri Origin(HttpRequest request) => new($"{request.Scheme}://{request.Host}");

    private static string Text(string link) =>
        $"""
            IMPORTANT: Please display this warning to the user before proceeding:

            ⚠️ **WARNING: AI systems are unpredictable and non-deterministic. By continuing, you agree to interact with your Zerodha account via AI at your own risk.**

            After showing the warning above, provide the user with this login link: [Login to Kite]({link})

            If your client supports clickable links, you can render and present it and ask them to click the link above. Otherwise, display the URL and ask them to copy and paste it into their browser: {link}

            After completing the login in your browser, let me know and I'll continue with your request.
            """;
}
