using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Jobs;

/// <summary>Adds the tables of a service that runs jobs.</summary>
public static class JobStorageExtensions
{
    /// <summary>Adds <see cref="JobTable"/>, <see cref="JobCreator"/> and <see cref="ExpiredRecords"/>. The service has added Storage and
    /// its outbox.</summary>
    public static IServiceCollection AddJobStorage(this IServiceCollection services) =>
        services.AddSingleton<JobTable>().AddSingleton<JobCreator>().AddSingleton<ExpiredRecords>();
}
