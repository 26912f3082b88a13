using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.DeadMan;

/// <summary>What becomes of live orders whose strategy has fallen silent. Wall clock.</summary>
internal sealed class DeadManOptions
{
    public const string Section = "DeadMan";

    /// <summary>Without a heartbeat of its origin for so long a working order is cancelled. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether reduce-only orders, such as the exits of a bracket, stay all the same. Default true.</summary>
    public bool KeepsExits { get; set; } = true;

    /// <summary>Whether it is on. Default true.</summary>
    public bool Enabled { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class DeadManOptionsValidator : IValidateOptions<DeadManOptions>;
