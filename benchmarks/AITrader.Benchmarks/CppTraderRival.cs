using System.Diagnostics;
using System.Globalization;
using AITrader.OrderBooks;

namespace AITrader.Benchmarks;

/// <summary>CppTrader's market manager in a process of its own, driven by benchmarks/rivals/cpptrader.cpp over the very same
/// events.</summary>
internal sealed class CppTraderRival : IDisposable
{
    public const string Variable = "AITRADER_CPPTRADER";

    private readonly Process _process;
    private readonly string _file;
    private readonly OrderFlow _flow;

    private CppTraderRival(Process process, string file, OrderFlow flow)
    {
        (_process, _file, _flow) = (process, file, flow);
        Times = new PhaseTimes(flow);
    }

    public PhaseTimes Times { get; }

    /// <summary>Starts the driver; null where none is named.</summary>
    public static CppTraderRival? Find(OrderFlow flow)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } driver)
        {
            return null;
        }

        var file = Path.GetTempFileName();
        Write(file, flow);
        var start = new ProcessStartInfo(driver, [file]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new CppTraderRival(Process.Start(start)!, file, flow);
    }

    /// <summary>One turn; its levels after each phase must be those of the book.</summary>
    public void Play(IReadOnlyList<ulong> levels)
    {
        _process.StandardInput.Write('r');
        _process.StandardInput.Flush();
        Times.Begin();
        for (var phase = 0; phase < _flow.Phases.Count; phase++)
        {
            var answer = (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the driver of CppTrader died")).Split(
                ' '
            );
            if (answer[1] != "0" || ulong.Parse(answer[2], CultureInfo.InvariantCulture) != levels[phase])
            {
                throw new InvalidOperationException($"CppTrader came to other levels in phase {phase}: {string.Join(' ', answer)}");
            }

            Times.Add(phase, (long)(double.Parse(answer[0], CultureInfo.InvariantCulture) * Stopwatch.Frequency));
        }

        Times.End();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_file);
    }

    /// <summary>Little-endian: phases; of each, the number of events, then id, price in ticks, quantity (64 bits each), kind (0 add, 1
    /// delete, 2 execute) and side (32 bits each).</summary>
    private static void Write(string file, OrderFlow flow)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write((long)flow.Phases.Count);
        foreach (var phase in flow.Phases)
        {
            writer.Write((long)phase.Length);
            foreach (var change in phase)
            {
                writer.Write(change.OrderId);
                writer.Write(change.Price.Nanos / PhaseTimes.Tick);
                writer.Write(change.Quantity.Raw);
                writer.Write(
                    change.Kind switch
                    {
                        OrderEventKind.Add => 0,
                        OrderEventKind.Delete => 1,
                        _ => 2,
                    }
                );
                writer.Write((int)change.Side);
            }
        }
    }
}
