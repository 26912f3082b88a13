using System.Text.Json;

namespace AITrader.MockMcp.Rest;

/// <summary>Creates answers in the JSON envelope of Kite. The content type has no charset, because clients of Kite compare it as
/// text.</summary>
internal static class KiteResults
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static IResult Data(object? data) => Write(new { Status = "success", Data = data }, StatusCodes.Status200OK);

    public static IResult Token(string message) => Refuse(StatusCodes.Status403Forbidden, "TokenException", message);

    public static IResult Input(string message) => Refuse(StatusCodes.Status400BadRequest, "InputException", message);

    public static IResult TooMany() => Refuse(StatusCodes.Status429TooManyRequests, "NetworkException", "Too many requests");

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

    private static IResult Write(object body, int status) => Results.Json(body, Json, "application/json", status);
}
