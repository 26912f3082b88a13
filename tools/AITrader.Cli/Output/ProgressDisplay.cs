using System.Globalization;
using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Shows progress: on a terminal a bar that is drawn again, elsewhere a line every few seconds.</summary>
internal sealed class ProgressDisplay(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    /// <summary>Does the work and shows its progress, then prints one line with the time it took.</summary>
    public async Task<T> RunAsync<T>(string title, double total, Func<IProgressReport, Task<T>> work)
    {
        var begun = time.GetTimestamp();
        var result = console.Profile.Capabilities.Interactive
            ? await DrawAsync(title, total, work)
            : await work(new Lines(console, time, title));
        console.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: {time.GetElapsedTime(begun).TotalSeconds:0.0} s"));
        return result;
    }

    private Task<T> DrawAsync<T>(string title, double total, Func<IProgressReport, Task<T>> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new SpinnerColumn()
            )
            .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(title), maxValue: total), title)));

    private sealed class Bar(ProgressTask task, string title) : IProgressReport
    {
        public void Report(double done, string note)
        {
            task.Description = Markup.Escape(note.Length > 0 ? $"{title}: {note}" : title);
            task.Value = done;
        }

        public void SetTotal(double total) => task.MaxValue = total;
    }

    private sealed class Lines(IAnsiConsole console, TimeProvider time, string title) : IProgressReport
    {
        private readonly Lock _gate = new();
        private long _lastLineAt = time.GetTimestamp();

        public void Report(double done, string note)
        {
            lock (_gate)
            {
                if (time.GetElapsedTime(_lastLineAt) < LineInterval)
                {
                    return;
                }

                _lastLineAt = time.GetTimestamp();
                console.Say($"{title}: {note}");
            }
        }

        public void SetTotal(double total)
        {
            // Lines show notes only.
        }
    }
}
