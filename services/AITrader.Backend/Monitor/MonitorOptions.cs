using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Pace and bounds of the monitor.</summary>
internal sealed class MonitorOptions
{
    public const string Section = "Monitor";

    /// <summary>Shortest time between two ticks of a symbol. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan TickInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Shortest time between two readings of positions, account and replay. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan AccountInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Messages that may wait for a client; one that falls further behind is dropped. Default 1000.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; set; } = 1000;

    /// <summary>How long one message may take to be sent. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Clients at one instance. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxClients { get; set; } = 200;

    /// <summary>Signals, orders and fills in the snapshot. Default 50.</summary>
    [Range(0, 500)]
    public int SnapshotLength { get; set; } = 50;
}

[OptionsValidator]
internal sealed partial class MonitorOptionsValidator : IValidateOptions<MonitorOptions>;
