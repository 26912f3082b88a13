using AITrader.Storage.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AITrader.Storage.Registry;

/// <summary>Adds the tables of models.</summary>
public static class RegistryExtensions
{
    /// <summary>Adds <see cref="ModelRegistry"/>. The service has added Storage and an <see cref="Domain.Ids.IIdSource"/>.</summary>
    public static IServiceCollection AddModelRegistry(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditTrail>();
        return services.AddSingleton<ModelRegistry>();
    }
}
