using AITrader.MockMcp.Market;
using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Shapes;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Rest;

/// <summary>Login, session and profile.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/login", SignIn);
        routes.MapGet("/connect/done", static () => Results.Text("Signed in. The request token is in the address of this page."));
        routes.MapPost("/session/token", OpenAsync);
        routes.MapDelete("/session/token", Close);
        routes.MapGet("/user/profile", Profile).AddEndpointFilter<KiteRequestFilter>();
        routes.MapGet("/user/profile/full", Profile).AddEndpointFilter<KiteRequestFilter>();
    }

    private static IResult SignIn(HttpRequest request, SessionStore sessions, IOptions<KiteOptions> options)
    {
        if (sessions.SignIn(request.Query["api_key"]) is not { } token)
        {
            return KiteResults.Input("Invalid `api_key`.");
        }

        var address = request.Query["api_key"] == McpApp.Key ? McpApp.RedirectUrl : options.Value.RedirectUrl;
        var extra = request.Query["redirect_params"].ToString();
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Results.Redirect(
            $"{address}{separator}action=login&status=success&request_token={token}{(extra.Length > 0 ? $"&{extra}" : string.Empty)}"
        );
    }

    private static async Task<IResult> OpenAsync(HttpRequest request, SessionStore sessions, TimeProvider clock, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return KiteResults.Input("Missing `api_key`.");
        }

        var form = await request.ReadFormAsync(ct);
        if (sessions.Open(form["api_key"], form["request_token"], form["checksum"]) is not { } access)
        {
            return KiteResults.Token("Token is invalid or has expired.");
        }

        var session = ProfileShape.Of();
        session["api_key"] = form["api_key"].ToString();
        session["access_token"] = access;
        session["public_token"] = access;
        session["enctoken"] = access;
        session["refresh_token"] = string.Empty;
        session["silo"] = string.Empty;
        session["login_time"] = IndianTime.Text(clock.GetUtcNow());
        return KiteResults.Data(session);
    }

    private static IResult Close(HttpRequest request, SessionStore sessions) =>
        sessions.Close(request.Query["access_token"]) ? KiteResults.Data(true) : KiteResults.Token("Token is invalid or has expired.");

    private static IResult Profile() => KiteResults.Data(ProfileShape.Of());
}
