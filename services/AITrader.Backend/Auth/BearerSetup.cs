using AITrader.Backend.Monitor;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Bearer tokens come in the Authorization header; browsers cannot set it on a WebSocket, so there a subprotocol carries it.</summary>
internal sealed class BearerSetup(SessionTokens tokens) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = tokens.Validation;
        options.Events = new JwtBearerEvents { OnMessageReceived = FindToken };
    }

    private static Task FindToken(MessageReceivedContext context)
    {
        if (context.HttpContext.WebSockets.IsWebSocketRequest)
        {
            context.Token = MonitorProtocol.TokenOf(context.HttpContext.WebSockets.WebSocketRequestedProtocols);
        }

        return Task.CompletedTask;
    }
}
