using System.Security.Cryptography;
using AITrader.Domain.Ids;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.ServiceDefaults.Ids;

internal static class IdExtensions
{
    private const string SeedSetting = "Ids:Seed";

    // Instances must not share a seed by accident; a test or a simulation sets one on purpose.
    public static void AddIds(this IHostApplicationBuilder builder)
    {
        var seed = builder.Configuration.GetValue<int?>(SeedSetting);
        builder.Services.TryAddSingleton<IIdSource>(services => new TimeOrderedIds(
            services.GetRequiredService<TimeProvider>(),
            seed ?? RandomNumberGenerator.GetInt32(int.MaxValue)
        ));
    }
}
