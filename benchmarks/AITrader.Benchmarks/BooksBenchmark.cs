using System.Globalization;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>
/// Depth diffs of the shared captures through the book by level, against a dictionary that keeps the same sizes in no order; and order
/// events through the book by
/// order, against a dictionary that keeps the same quantities without prices or queues, and against CppTrader where its driver is given.
/// </summary>
internal sealed class BooksBenchmark : IBenchmark
{
    private const double Nanos = 1e9;
    private const double LevelGoal = 40;

    public string Name => "books";

    public string Summary =>
        "book updates by level (captures) and by order, against dictionaries; by order also against CppTrader (AITRADER_CPPTRADER)";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var (rows, goals, controls) = (new List<BenchmarkRow>(), new List<BenchmarkGoal>(), new List<BenchmarkControl>());
        foreach (var (label, file) in DepthReplay.Captures)
        {
            progress.Report($"{label} capture");
            var replay = DepthReplay.Load(file);
            replay.CheckAgainstFloor();
            var result = await PairedMeasurement.MeasureAsync(replay.ApplyAsync, replay.ApplyToFloorAsync, ct);
            var each = result.Subject / replay.Levels * Nanos;
            rows.Add(new($"{label}: level update ({replay.Levels / replay.Diffs:N0} a diff)", each, "ns"));
            rows.Add(new($"{label}: dictionary, no order", result.Floor / replay.Levels * Nanos, "ns"));
            rows.Add(new($"{label}: book / dictionary", result.Ratio, "x"));
            goals.Add(new($"l2_update_{label}", each, "ns/level", "<= 40", each <= LevelGoal));
            var allocated = Allocations.Of(() => replay.ApplyAsync());
            goals.Add(new($"l2_allocation_{label}", allocated, "B", "0", allocated == 0));
            controls.Add(new($"{label}: level updates", result.Control));
        }

        controls.Add(new("order events", await OrdersAsync(rows, goals, progress, ct)));
        return new BenchmarkReport(rows, goals, controls);
    }

    private static async Task<double> OrdersAsync(
        List<BenchmarkRow> rows,
        List<BenchmarkGoal> goals,
        IProgress<string> progress,
        CancellationToken ct
    )
    {
        var flow = OrderFlow.Generate();
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"{flow.Count} order events, {OrderFlow.Resting} orders at rest"));
        var replay = new OrderReplay(flow);
        using var rival = CppTraderRival.Find(flow);
        var result = rival is null
            ? await PairedMeasurement.MeasureAsync(replay.ApplyAsync, replay.ApplyToFloorAsync, ct)
            : await PairedMeasurement.MeasureAsync(replay.ApplyAsync, () => BothAsync(replay, rival), ct);
        foreach (var kind in OrderFlow.Kinds)
        {
            var each = replay.Book.Median(kind) * Nanos;
            rows.Add(new($"order {kind}", each, "ns"));
            rows.Add(new($"order {kind}: dictionary", replay.Floor.Median(kind) * Nanos, "ns"));
            if (rival is not null)
            {
                var other = rival.Times.Median(kind) * Nanos;
                var ratio = PhaseTimes.Ratio(replay.Book, rival.Times, kind);
                rows.Add(new($"order {kind}: CppTrader", other, "ns"));
                goals.Add(new($"l3_{kind.ToString().ToLowerInvariant()}_to_cpptrader", ratio, "x", "<= 1", ratio <= 1));
            }
        }

        if (rival is null)
        {
            progress.Report($"no CppTrader: {CppTraderRival.Variable} names no driver (benchmarks/rivals/README.md)");
        }

        var allocated = Allocations.Of(() => replay.ApplyAsync());
        goals.Add(new("l3_allocation", allocated, "B", "0", allocated == 0));
        return result.Control;
    }

    private static async Task BothAsync(OrderReplay replay, CppTraderRival rival)
    {
        await replay.ApplyToFloorAsync();
        rival.Play(replay.Levels);
    }
}
