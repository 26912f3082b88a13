using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Queries;

/// <summary>Adds the queries of a service that shows what is stored.</summary>
public static class QueryExtensions
{
    /// <summary>Adds every query and store of this namespace. The service has added Storage and an <see cref="Domain.Ids.IIdSource"/>.
    /// </summary>
    public static IServiceCollection AddQueries(this IServiceCollection services) =>
        services
            .AddSingleton<AuditTrail>()
            .AddSingleton<AccountStore>()
            .AddSingleton<RiskStore>()
            .AddSingleton<FlagStore>()
            .AddSingleton<AdjustmentStore>()
            .AddSingleton<UserStore>()
            .AddSingleton<SignInStore>()
            .AddSingleton<SignalQueries>()
            .AddSingleton<DecisionQueries>()
            .AddSingleton<OrderQueries>()
            .AddSingleton<OrderRequestStore>()
            .AddSingleton<TradeQueries>()
            .AddSingleton<PositionQueries>()
            .AddSingleton<SymbolQueries>()
            .AddSingleton<ReplayRunQueries>()
            .AddSingleton<RunQueries>()
            .AddSingleton<JobQueries>()
            .AddSingleton<DatabaseStatus>();
}
