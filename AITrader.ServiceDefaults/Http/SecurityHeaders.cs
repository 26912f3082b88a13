using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AITrader.ServiceDefaults.Http;

/// <summary>Adds security headers for answers that are data and never pages; a header that an endpoint set itself is kept.</summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] Headers =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        (HeaderNames.ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderNames.CacheControl, "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                foreach (var (name, value) in Headers)
                {
                    headers.TryAdd(name, value);
                }

                return Task.CompletedTask;
            },
            context.Response
        );
        return next(context);
    }
}
