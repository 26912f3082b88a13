using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Rest;

/// <summary>Filter of all signed endpoints: applies requested faults, and checks credentials and rate limits.</summary>
internal sealed class KiteRequestFilter(SessionStore sessions, RateLimits limits, FaultControl faults) : IEndpointFilter
{
    private const string Scheme = "token ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (faults.TakeRefusal() is { } status)
        {
            return status == StatusCodes.Status403Forbidden
                ? KiteResults.Token("Token is invalid or has expired.")
                : KiteResults.Refuse(
                    status,
                    status == StatusCodes.Status502BadGateway ? "DataException" : "NetworkException",
                    "Refused on order"
                );
        }

        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return KiteResults.Input("Missing `api_key` or `access_token`.");
        }

        var (key, access) = Split(header[Scheme.Length..]);
        if (!sessions.IsOpen(key, access))
        {
            return KiteResults.Token("Incorrect `api_key` or `access_token`.");
        }

        var isQuote = context.HttpContext.Request.Path.StartsWithSegments("/quote", StringComparison.Ordinal);
        return limits.TryTake(key, isQuote) ? await next(context) : KiteResults.TooMany();
    }

    private static (string Key, string Access) Split(string credentials)
    {
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (credentials, string.Empty) : (credentials[..colon], credentials[(colon + 1)..]);
    }
}
