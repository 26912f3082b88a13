using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Rest;

/// <summary>Creates answers in the JSON envelope of Kite. The content type has no charset, because clients of Kite compare it as
/// text.</summary>
internal static class KiteResults
{
    private const string ProxyPage =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

    public static IResult Data(object? data) => Write(new { Status = "success", Data = data }, StatusCodes.Status200OK);

    public static IResult Token(string message) => Refuse(StatusCodes.Status403Forbidden, "TokenException", message);

    public static IResult Input(string message) => Refuse(StatusCodes.Status400BadRequest, "InputException", message);

    public static IResult TooMany() => Refuse(StatusCodes.Status429TooManyRequests, "NetworkException", "Too many requests");

    public static IResult GatewayTimeout() =>
        Refuse(StatusCodes.Status504GatewayTimeout, "NetworkException", "The server took too long to respond.");

    /// <summary>What a proxy in front of Kite answers when Kite is gone: no JSON.</summary>
    public static IResult ProxyError() => Results.Text(ProxyPage, "text/html", statusCode: StatusCodes.Status502BadGateway);

    public static IResult Refuse(BrokerRefusalException refusal) => Refuse(refusal.Status, refusal.ErrorType, refusal.Message);

    public static IResult UnknownRoute() => Refuse(StatusCodes.Status404NotFound, "GeneralException", "Route not found");

    public static IResult Refuse(int status, string errorType, string message) =>
        Write(
            new
            {
                Status = "error",
                Message = message,
                Data = (object?)null,
                ErrorType = errorType,
            },
            status
        );

    private static IResult Write(object body, int status) => Results.Json(body, KiteFormat.Json, "application/json", status);
}
