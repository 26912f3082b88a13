using System.Net;
using AITrader.MockMcp.Rest;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AITrader.MockMcp.Mcp;

/// <summary>The broker's MCP server, over streamable HTTP at /mcp.</summary>
internal static class McpExtensions
{
    private const string Path = "/mcp";

    public static void AddMcpFace(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<McpLogins>();
        services.AddSingleton<McpFace>();
        McpServerTool[] tools = [new LoginTool(), .. AccountTools.All, .. MarketTools.All, .. OrderTools.All, .. GttTools.All];
        services
            .AddMcpServer(static options => options.ServerInfo = new Implementation { Name = "Kite MCP Server", Version = "1.0.0" })
            // A login hangs on the session: clients without sessions are told so, and most of them fall back.
            .WithHttpTransport(static options => options.SessionMode = HttpServerSessionMode.Stateful)
            .WithTools(tools);
    }

    public static void MapMcpFace(this IEndpointRouteBuilder routes)
    {
        routes.MapMcp(Path).AddEndpointFilter(OwnPagesOnlyAsync);
        routes.MapGet("/callback", Complete);
    }

    // A page of another site that the user has open must not drive his broker.
    private static async ValueTask<object?> OwnPagesOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(origin)
            ? KiteResults.Refuse(StatusCodes.Status403Forbidden, "PermissionException", $"Pages of {origin} may not use this server.")
            : await next(context);

    private static bool IsOwn(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Host == "localhost" || (IPAddress.TryParse(page.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    private static IResult Complete(HttpRequest request, McpLogins logins)
    {
        var (session, token) = (request.Query["session_id"].ToString(), request.Query["request_token"].ToString());
        return session.Length > 0 && token.Length > 0 && logins.Complete(session, token)
            ? Results.Text("Login successful. You can close this window and go back to your assistant.")
            : KiteResults.Input("Invalid or expired login link. Ask for another one with the login tool.");
    }
}
