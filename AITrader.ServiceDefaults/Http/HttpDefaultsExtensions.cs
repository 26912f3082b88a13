using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.ServiceDefaults.Http;

internal static class HttpDefaultsExtensions
{
    private const string BodyLimitSetting = "Http:MaxRequestBodyBytes";
    private const long DefaultBodyLimit = 1024 * 1024;
    private const int HeaderLimit = 16 * 1024;

    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);

    public static void AddHttpDefaults(this IHostApplicationBuilder builder)
    {
        var bodyLimit = builder.Configuration.GetValue(BodyLimitSetting, DefaultBodyLimit);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = bodyLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderLimit;
            kestrel.Limits.RequestHeadersTimeout = HeaderTime;
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
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
            http.AddHttpMessageHandler<CorrelationHandler>();
        });
    }

    private static void Strict(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectRequiredConstructorParameters = true;
        json.RespectNullableAnnotations = true;
    }
}
