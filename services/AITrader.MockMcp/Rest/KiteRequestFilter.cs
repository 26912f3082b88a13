using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Rest;

/// <summary>Filter of all signed endpoints: applies requested faults, and checks credentials and rate limits.</summary>
internal sealed class KiteRequestFilter(SessionStore sessions, RateLimits limits, FaultControl faults) : IEndpointFilter
{
    private const string Scheme = "token ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (faults.TakeRefusal(IsOrder(request)) is { } status)
        {
            return Refusal(status);
        }

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return KiteResults.Input("Missing `api_key` or `access_token`.");
        }

        var (key, access) = Split(header[Scheme.Length..]);
        if (!sessions.IsOpen(key, access))
        {
            return KiteResults.Token("Incorrect `api_key` or `access_token`.");
        }

        return limits.TryTake(key, KindOf(request)) ? await AnswerAsync(context, next) : KiteResults.TooMany();
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BrokerRefusalException refusal)
        {
            return KiteResults.Refuse(refusal);
        }
    }

    private static IResult Refusal(int status) =>
        status switch
        {
            StatusCodes.Status403Forbidden => KiteResults.Token("Token is invalid or has expired."),
            FaultControl.ProxyPage => KiteResults.ProxyError(),
            StatusCodes.Status502BadGateway => KiteResults.Refuse(status, "DataException", "Refused on order"),
            _ => KiteResults.Refuse(status, "NetworkException", "Refused on order"),
        };

    private static bool IsOrder(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/orders", StringComparison.Ordinal);

    private static RequestKind KindOf(HttpRequest request) =>
        request.Path.StartsWithSegments("/quote", StringComparison.Ordinal) ? RequestKind.Quote
        : request.Path.StartsWithSegments("/instruments/historical", StringComparison.Ordinal) ? RequestKind.History
        : HttpMethods.IsPost(request.Method) && IsOrder(request) ? RequestKind.Order
        : RequestKind.Other;

    private static (string Key, string Access) Split(string credentials)
    {
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (credentials, string.Empty) : (credentials[..colon], credentials[(colon + 1)..]);
    }
}
