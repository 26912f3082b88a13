using System.Security.Claims;
using AITrader.Backend.Identity;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>
/// Bearer tokens come in the Authorization header; browsers cannot set it on a WebSocket, so there a subprotocol carries it. A token is as
/// good as its
/// user: one that was removed, or has another role now, is refused.
/// </summary>
internal sealed class BearerSetup(SessionTokens tokens, KnownUsers users) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = tokens.Validation;
        options.Events = new JwtBearerEvents { OnMessageReceived = FindToken, OnTokenValidated = FindUserAsync };
    }

    private static Task FindToken(MessageReceivedContext context)
    {
        if (context.HttpContext.WebSockets.IsWebSocketRequest)
        {
            context.Token = BearerSubprotocol.TokenOf(context.HttpContext.WebSockets.WebSocketRequestedProtocols);
        }

        return Task.CompletedTask;
    }

    // A database that does not answer is 503 here, not 401: no unknown user is admitted, and no session ends.
    private async Task FindUserAsync(TokenValidatedContext context)
    {
        if (
            context.Principal is not { UserId: { } id } user
            || !await users.IsAsync(id, user.FindFirstValue(SessionTokens.RoleClaim) ?? string.Empty, context.HttpContext.RequestAborted)
        )
        {
            context.Fail("The token's user does not exist or has another role.");
        }
    }
}
