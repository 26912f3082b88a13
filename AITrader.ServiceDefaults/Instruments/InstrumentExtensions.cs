using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Instruments;

/// <summary>Registers the instruments of a service that trades.</summary>
public static class InstrumentExtensions
{
    /// <summary>Adds <see cref="TradableInstruments"/>, from the catalogue and the settings below
    /// <see cref="InstrumentOptions.Section"/>.</summary>
    public static void AddTradableInstruments(this IServiceCollection services)
    {
        services.AddOptions<InstrumentOptions>().BindConfiguration(InstrumentOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InstrumentOptions>, InstrumentOptionsValidator>();
        services.AddSingleton<TradableInstruments>();
    }
}
