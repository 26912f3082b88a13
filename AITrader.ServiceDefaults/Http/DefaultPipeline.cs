using AITrader.ServiceDefaults.Correlation;
using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AITrader.ServiceDefaults.Http;

/// <summary>Puts correlation, security headers, failure reporting and the check of query texts around all that a service adds.</summary>
/// <remarks>A start-up filter, because WebApplication puts routing and authentication before a program's own middleware.</remarks>
internal sealed class DefaultPipeline : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(CorrelateAsync);
            app.Use(SecurityHeaders.AddAsync);
            app.UseExceptionHandler();
            app.UseStatusCodePages(static status => ProblemWriter.WriteStatusAsync(status.HttpContext));
            app.Use(QueryTextCheck.CheckAsync);
            next(app);
        };

    private static Task CorrelateAsync(HttpContext context, RequestDelegate next)
    {
        var id = CorrelationId.Accept(context.Request.Headers[CorrelationId.Header], context.TraceIdentifier);
        CorrelationId.Current = id;
        context.Response.OnStarting(
            static state =>
            {
                var (response, value) = ((HttpResponse, string))state;
                response.Headers[CorrelationId.Header] = value;
                return Task.CompletedTask;
            },
            (context.Response, id)
        );
        return next(context);
    }
}
