using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.Protocol;

/// <summary>Rejects requests without the configured API key. Without a configured key, all requests pass.</summary>
internal sealed class ApiKeyFilter(IOptions<MockLlmOptions> options) : IEndpointFilter
{
    private const string BearerPrefix = "Bearer ";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        return IsKnown(header)
            ? next(context)
            : ValueTask.FromResult<object?>(
                OpenAiError.Of(
                    StatusCodes.Status401Unauthorized,
                    "invalid_request_error",
                    "Incorrect API key provided.",
                    param: null,
                    "invalid_api_key"
                )
            );
    }

    private bool IsKnown(string header) =>
        options.Value.ApiKey is not { Length: > 0 } key
        || (
            header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(header[BearerPrefix.Length..].Trim()),
                Encoding.UTF8.GetBytes(key)
            )
        );
}
