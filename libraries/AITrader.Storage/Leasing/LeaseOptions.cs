using System.ComponentModel.DataAnnotations;

namespace AITrader.Storage.Leasing;

/// <summary>How the right to do what only one process may do is kept.</summary>
public sealed class LeaseOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Lease";

    /// <summary>How long a holder that falls silent keeps it: so long does a standby wait after a crash. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan Life { get; set; } = TimeSpan.FromSeconds(5);
}
