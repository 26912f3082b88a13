using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Readings;
using AITrader.ServiceDefaults.Health;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine;

internal static class SentimentHostExtensions
{
    public static void AddSentiment(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SentimentOptions>().BindConfiguration(SentimentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SentimentOptions>, SentimentOptionsValidator>();
        builder.Services.AddSingleton<ClassifierState>();
        builder
            .Services.AddHttpClient<ClassifierProbe>(static client => client.BaseAddress = new Uri("http://finbert-server"))
            .WithoutRetries();
        builder.Services.AddHostedService<ClassifierWatch>();
        builder.Services.AddHealthChecks().AddCheck<SentimentCheck>("sentiment", tags: [HealthTags.Ready]);
    }

    public static void MapSentimentApi(this IEndpointRouteBuilder routes) => routes.MapReadings();

    // The poll loop repeats the request anyway, and an answer of 503 carries the report that it reads.
    private static void WithoutRetries(this IHttpClientBuilder client)
    {
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
