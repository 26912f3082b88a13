using System.Diagnostics.Metrics;

namespace AITrader.Worker.Diagnostics;

/// <summary>What the worker has done.</summary>
internal sealed class WorkerMetrics
{
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _trimmed;

    public WorkerMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        var meter = meters.Create("AITrader.Worker");
#pragma warning restore CA2000
        _jobs = meter.CreateCounter<long>("aitrader.worker.jobs", description: "Jobs that ended, by type and status.");
        _trimmed = meter.CreateCounter<long>("aitrader.worker.trimmed_entries", description: "Stream entries removed.");
    }

    public void JobEnded(string type, string status) => _jobs.Add(1, new("type", type), new("status", status));

    public void Trimmed(string stream, long entries) => _trimmed.Add(entries, new KeyValuePair<string, object?>("stream", stream));
}
