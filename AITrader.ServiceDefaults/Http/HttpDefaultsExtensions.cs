using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.ServiceDefaults.Correlation;
using AITrader.ServiceDefaults.Validation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace AITrader.ServiceDefaults.Http;

internal static class HttpDefaultsExtensions
{
    private const string BodyLimitSetting = "Http:MaxRequestBodyBytes";
    private const long DefaultBodyLimit = 1024 * 1024;
    private const int HeaderLimit = 16 * 1024;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);

    public static void AddHttpDefaults(this IHostApplicationBuilder builder)
    {
        var bodyLimit = builder.Configuration.GetValue(BodyLimitSetting, DefaultBodyLimit);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = bodyLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderLimit;
            kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        });
        builder.Services.AddTransient<IStartupFilter, DefaultPipeline>();
        builder.Services.ConfigureHttpJsonOptions(static json => Strict(json.SerializerOptions));
        builder.AddHttpClients();
    }

    // Resilience first, discovery inside it: each attempt may go to another endpoint.
    private static void AddHttpClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.TryAddTransient<CorrelationHandler>();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            http.AddStandardResilienceHandler(RetryOnlyWhatIsSafe);
            http.AddServiceDiscovery();
            http.AddHttpMessageHandler<CorrelationHandler>();
        });
    }

    // An order whose answer was lost may have been placed: nothing that changes something is sent twice by default.
    private static void RetryOnlyWhatIsSafe(HttpStandardResilienceOptions options) =>
#pragma warning disable EXTEXP0001 // Experimental in name only: it sets one predicate.
        options.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001

    private static void Strict(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectRequiredConstructorParameters = true;
        json.RespectNullableAnnotations = true;
        json.Converters.Add(new StorableTextConverter());
    }
}
