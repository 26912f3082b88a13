using Microsoft.FeatureManagement;

namespace AITrader.StrategyEngine.Flags;

/// <summary>Composition of the flags.</summary>
internal static class FlagExtensions
{
    public static void AddFlags(this IServiceCollection services)
    {
        services.AddSingleton<FlagTable>();
        services.AddSingleton<IFeatureDefinitionProvider>(static provider => provider.GetRequiredService<FlagTable>());
        services.AddFeatureManagement();
        services.AddSingleton<EngineFlags>();
    }
}
