using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.ServiceDefaults.Problems;

/// <summary>The answer to a body that is too large for its endpoint.</summary>
internal static class BodyTooLarge
{
    public static ProblemDetails ProblemOf(HttpContext context)
    {
        // The endpoint is put aside while a failure is handled.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var most = endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
        var limit = most is { } bytes ? string.Create(CultureInfo.InvariantCulture, $", which has {bytes} bytes at most") : string.Empty;
        return new ProblemDetails
        {
            Status = StatusCodes.Status413PayloadTooLarge,
            Type = "body-too-large",
            Detail =
                $"The body is larger than this request takes{limit}. {endpoint?.Metadata.GetMetadata<BodyTooLargeAdvice>()?.Text}".TrimEnd(),
        };
    }
}
