using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AITrader.Benchmarks;

/// <summary>Prints a report and writes it to benchmarks/results, with the machine described.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void Print(BenchmarkReport report, TextWriter output)
    {
        foreach (var row in report.Rows)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.What, -56} {row.Value, 14:N2} {row.Unit}"));
        }

        foreach (var control in report.Controls)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {$"A/A control: {control.What}", -56} {control.Ratio, 14:N3} {(control.Holds ? "" : "OFF (0.95 to 1.05 wanted)")}"
                )
            );
        }

        foreach (var goal in report.Goals)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{goal.Name}: {goal.Value:N2} {goal.Unit} (goal {goal.Goal}) {(goal.Met ? "met" : "missed")}"
                )
            );
        }
    }

    /// <summary>Writes the file, unless a control says that what was measured cannot be published.</summary>
    public static string? Write(string name, BenchmarkReport report, DateTimeOffset now)
    {
        if (report.Off.Any())
        {
            return null;
        }

        var folder = Path.Combine(Environment.CurrentDirectory, "benchmarks", "results");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(
            path,
            JsonSerializer.Serialize(
                new
                {
                    name,
                    measured_at = now,
                    machine = Machine(),
                    report.Rows,
                    report.Goals,
                    report.Controls,
                },
                Json
            ) + "\n"
        );
        return path;
    }

    private static object Machine() =>
        new
        {
            cpu = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo")
                    .FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal))
                    ?.Split(':', 2)[1]
                    .Trim()
                : null,
            cores = Environment.ProcessorCount,
            memory_gib = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30,
            os = RuntimeInformation.OSDescription,
            runtime = RuntimeInformation.FrameworkDescription,
            load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null,
        };
}
