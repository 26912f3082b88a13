using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Runs;

/// <summary>How many runs are kept.</summary>
internal sealed class RunOptions
{
    public const string Section = "Runs";

    /// <summary>Ended runs of each kind that are kept, the newest; older ones are deleted with all that they made. 0 keeps all. Default
    /// 0.</summary>
    [Range(0, 1_000_000)]
    public int Keep { get; set; }

    /// <summary>How often to delete what is to go. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class RunOptionsValidator : IValidateOptions<RunOptions>;
