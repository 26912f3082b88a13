using System.Globalization;
using AITrader.Cli.Output;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Shows how far a long piece of work is; nothing where the answer is one JSON document.</summary>
internal sealed class BacktestProgress(ProgressDisplay bar)
{
    /// <summary>Does work that counts its ticks.</summary>
    public Task<T> RunAsync<T>(BacktestCommandSettings settings, string title, long total, Func<IProgress<long>?, T> work) =>
        settings.Json ? Task.Run(() => work(null)) : bar.RunAsync(title, total, shown => Task.Run(() => work(new Ticks(shown))));

    /// <summary>Does work that counts its parts.</summary>
    public Task<T> RunAsync<T>(
        BacktestCommandSettings settings,
        string title,
        long total,
        string part,
        Func<IProgress<(int Done, int Of)>?, T> work
    ) => settings.Json ? Task.Run(() => work(null)) : bar.RunAsync(title, total, shown => Task.Run(() => work(new Parts(shown, part))));

    /// <summary>Does work that waits for others, part by part.</summary>
    public Task DoAsync(
        BacktestCommandSettings settings,
        string title,
        long total,
        string part,
        Func<IProgress<(int Done, int Of)>?, Task> work
    ) => settings.Json ? work(null) : bar.RunAsync(title, total, async shown =>
            {
                await work(new Parts(shown, part));
                return true;
            });

    private sealed class Ticks(IProgressReport shown) : IProgress<long>
    {
        public void Report(long value) => shown.Report(value, string.Create(CultureInfo.InvariantCulture, $"{value:N0} ticks"));
    }

    private sealed class Parts(IProgressReport shown, string part) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value)
        {
            shown.SetTotal(value.Of);
            shown.Report(value.Done, string.Create(CultureInfo.InvariantCulture, $"{part} {value.Done:N0} of {value.Of:N0}"));
        }
    }
}
