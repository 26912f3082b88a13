using System.Diagnostics.Metrics;
using AITrader.Messaging;

namespace AITrader.Worker.Diagnostics;

/// <summary>Metrics of the worker.</summary>
internal sealed class WorkerMetrics
{
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _trimmed;
    private readonly Counter<long> _unacknowledged;
    private BusMemory? _memory;

    public WorkerMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        var meter = meters.Create("AITrader.Worker");
#pragma warning restore CA2000
        _jobs = meter.CreateCounter<long>("aitrader.worker.jobs", description: "Jobs that ended, by type and status.");
        _trimmed = meter.CreateCounter<long>("aitrader.worker.trimmed_entries", description: "Stream entries removed.");
        _unacknowledged = meter.CreateCounter<long>(
            "aitrader.worker.trimmed_owed_entries",
            description: "Stream entries removed that a consumer had not acknowledged."
        );
        meter.CreateObservableGauge("aitrader.bus.memory", () => _memory?.Used ?? 0, "By", "Memory that Redis uses");
        meter.CreateObservableGauge(
            "aitrader.bus.memory_limit",
            () => _memory?.Limit ?? 0,
            "By",
            "Memory that Redis may use; 0 for no bound"
        );
    }

    public void JobEnded(string type, string status) => _jobs.Add(1, new("type", type), new("status", status));

    public void Trimmed(string stream, StreamTrimming trimmed)
    {
        _trimmed.Add(trimmed.Removed, new KeyValuePair<string, object?>("stream", stream));
        if (trimmed.Unacknowledged > 0)
        {
            _unacknowledged.Add(trimmed.Unacknowledged, new KeyValuePair<string, object?>("stream", stream));
        }
    }

    public void Memory(BusMemory memory) => Volatile.Write(ref _memory, memory);
}
