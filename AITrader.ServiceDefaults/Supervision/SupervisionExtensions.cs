using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AITrader.ServiceDefaults.Supervision;

internal static class SupervisionExtensions
{
    public static void AddSupervision(this IServiceCollection services)
    {
        services.TryAddSingleton<Supervisor>();
        services.AddHealthChecks().AddCheck<LoopsCheck>("loops");
    }
}
