using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Instruments;

/// <summary>Checks the options when a service starts.</summary>
[OptionsValidator]
internal sealed partial class InstrumentOptionsValidator : IValidateOptions<InstrumentOptions>;
