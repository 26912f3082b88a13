using AITrader.Storage.Accounts;
using AITrader.Storage.Advice;
using AITrader.Storage.Brokers;
using AITrader.Storage.Decisions;
using AITrader.Storage.Documents;
using AITrader.Storage.Flags;
using AITrader.Storage.Inbox;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Replays;
using AITrader.Storage.Risk;
using AITrader.Storage.Runs;
using AITrader.Storage.Schema;
using AITrader.Storage.Sentiment;
using AITrader.Storage.Strategies;
using AITrader.Storage.Ticks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AITrader.Storage;

/// <summary>Adds the database to a service.</summary>
public static class StorageHostExtensions
{
    /// <summary>Name of the database's health check.</summary>
    public const string HealthCheckName = "postgres";

    private const string MissingConnection = $"The database is not configured: set ConnectionStrings:{AITraderDbContext.ConnectionName}.";

    // Aspire's own six tries take up to half a minute. Short: loops try again by themselves, and a caller of the gateway should hear soon
    // that the database is away.
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Adds <see cref="AITraderDbContext"/> and its pooled factory over connection <c>aitrader</c> with retries and health check,
    /// <see cref="ITickStore"/>, <see cref="ITickHistory"/>, <see cref="ITickCandles"/>, <see cref="IOutbox"/>, <see cref="IInbox"/> and
    /// <see cref="Leases"/>; <see cref="IOutboxRelay"/> as soon as the
    /// service registers an <see cref="IOutboxPublisher"/>.
    /// </summary>
    public static TBuilder AddStorage<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddNpgsqlDbContext<AITraderDbContext>(
            AITraderDbContext.ConnectionName,
            static settings => settings.DisableRetry = true,
            static options =>
                options.UseNpgsql(static npgsql => npgsql.EnableRetryOnFailure(MaxRetries, MaxRetryDelay, errorCodesToAdd: null))
        );

        // Loops live longer than a scope: they take contexts out of the same pool by the factory.
        builder.Services.AddPooledDbContextFactory<AITraderDbContext>(static _ => { });
        builder.Services.PostConfigure<HealthCheckServiceOptions>(static options =>
            options.Registrations.Single(static check => check.Name == nameof(AITraderDbContext)).Name = HealthCheckName
        );
        builder
            .Services.AddOptions<OutboxOptions>()
            .BindConfiguration(OutboxOptions.Section)
            .PostConfigure(options => options.Source = options.Source.Length > 0 ? options.Source : builder.Environment.ApplicationName)
            .ValidateDataAnnotations()
            .Validate<IConfiguration>(static (_, configuration) => HasConnectionString(configuration), MissingConnection)
            .ValidateOnStart();
        builder.Services.AddSingleton<IOutbox, OutboxWriter>();
        // By a factory: in Development a host tries every registration, and most services that store have no publisher.
        builder.Services.AddSingleton<IOutboxRelay>(static services => ActivatorUtilities.CreateInstance<OutboxRelay>(services));
        AddTables(builder.Services);
        return builder;
    }

    private static void AddTables(IServiceCollection services)
    {
        services.AddSingleton<IInbox, InboxTable>();
        services.AddSingleton<Leases>();
        services.AddSingleton<TickPartitions>();
        services.AddSingleton<ITickStore, TickStore>();
        services.AddSingleton<ITickHistory, TickHistory>();
        services.AddSingleton<ITickCandles, TickCandles>();
        services.AddSingleton<ReplayRuns>().AddSingleton<RunRecords>().AddSingleton<BacktestRuns>();
        services.AddSingleton<SchemaTurns>();
        services.AddSingleton<RiskReader>().AddSingleton<FlagReader>().AddSingleton<AdjustmentReader>();
        services.AddSingleton<DocumentStore>().AddSingleton<DocumentSearch>().AddSingleton<OwnRecords>();
        services.AddSingleton<AccountReader>().AddSingleton<AccountSums>().AddSingleton<AccountTable>();
        services.AddSingleton<BrokerOrderReader>();
        services
            .AddSingleton<DecisionTable>()
            .AddSingleton<PositionReader>()
            .AddSingleton<SentOrders>()
            .AddSingleton<SentChanges>()
            .AddSingleton<StrategyOrders>();
        services.AddSingleton<RecentSignals>().AddSingleton<RuleExposure>().AddSingleton<AdviceTokens>();
        services.AddSingleton<SentimentReadings>().AddSingleton<SentimentItems>();
    }

    private static bool HasConnectionString(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration.GetConnectionString(AITraderDbContext.ConnectionName));
}
