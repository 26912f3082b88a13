using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Diagnostics;
using AITrader.SentimentEngine.Fetching;
using AITrader.SentimentEngine.Linking;
using AITrader.SentimentEngine.Polling;
using AITrader.SentimentEngine.Readings;
using AITrader.SentimentEngine.Sources;
using AITrader.ServiceDefaults.Health;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Storage;
using AITrader.Storage.Sentiment;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine;

internal static class SentimentHostExtensions
{
    public static void AddSentiment(this IHostApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.AddMessaging();
        builder.AddBusOutbox();
        builder.AddOutboxLoop();
        builder.Services.AddSingleton<SentimentMetrics>();
        builder.AddClassifier();
        builder.AddSources();
        builder.AddReadings();
    }

    public static void MapSentimentApi(this IEndpointRouteBuilder routes) => routes.MapReadings();

    private static void AddClassifier(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SentimentOptions>().BindConfiguration(SentimentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SentimentOptions>, SentimentOptionsValidator>();
        builder.Services.AddSingleton<ClassifierState>();
        builder
            .Services.AddHttpClient<ClassifierProbe>(static client => client.BaseAddress = new Uri("http://finbert-server"))
            .WithoutRetries();
        builder
            .Services.AddHttpClient(TextClassifier.Client, static client => client.BaseAddress = new Uri("http://finbert-server"))
            .AddServiceToken("finbert-server")
            .WithoutRetries();
        builder.Services.AddSingleton<TextClassifier>();
        builder.Services.AddHostedService<ClassifierWatch>();
    }

    private static void AddSources(this IHostApplicationBuilder builder)
    {
        var mock = builder.Configuration[MockNews.Discovered];
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsValidator>();
        services
            .AddOptions<FetchOptions>()
            .BindConfiguration(FetchOptions.Section)
            .PostConfigure(options => MockNews.Complete(options, mock))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SourceOptions>, SourceOptionsValidator>();
        services
            .AddOptions<SourceOptions>()
            .BindConfiguration(SourceOptions.Section)
            .PostConfigure(options => MockNews.Complete(options, mock))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LinkingOptions>, LinkingOptionsValidator>();
        services.AddOptions<LinkingOptions>().BindConfiguration(LinkingOptions.Section).ValidateOnStart();
        services.AddSingleton<PoliteFetcher>().AddSingleton<TextSources>().AddSingleton<SourceStates>();
    }

    private static void AddReadings(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(static provider => new SymbolLinker(provider.GetRequiredService<IOptions<LinkingOptions>>().Value.Known));
        services.AddSingleton<IValidateOptions<SentimentRetentionOptions>, SentimentRetentionOptionsValidator>();
        services.AddSingleton<IValidateOptions<SentimentRetentionOptions>, RetentionFloor>();
        services.AddOptions<SentimentRetentionOptions>().BindConfiguration(SentimentRetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<ItemIntake>().AddSingleton<MoodBoard>();
        services.AddHostedService<ReadLoop>();
        services.AddHostedService<SourceLoops>();
        services.AddHealthChecks().AddCheck<SentimentCheck>("sentiment", tags: [HealthTags.Ready]);
    }

    // The poll loop repeats the request anyway, and an answer of 503 carries the report that it reads.
    private static void WithoutRetries(this IHttpClientBuilder client)
    {
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
