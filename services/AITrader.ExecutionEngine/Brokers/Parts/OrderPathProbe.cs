using AITrader.ExecutionEngine.Diagnostics;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>Is told of each step of <see cref="OrderPath"/> that is reached.</summary>
internal interface IOrderPathProbe
{
    Task ReachedAsync(string step, CancellationToken ct);
}

/// <summary>Goes on at every step. Where the setting <c>OrderPath:StopFile</c> names a file that is there and holds the step's name, it
/// gives the file the ending <c>.taken</c> and stops there while that is there: a suite that kills or freezes the process at that step
/// waits for the log line. Of several processes one stops.</summary>
internal sealed class OrderPathProbe(IConfiguration configuration, ILogger<OrderPathProbe> log) : IOrderPathProbe
{
    public const string Setting = "OrderPath:StopFile";

    private const string Ending = ".taken";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string? _file = configuration[Setting];

    public Task ReachedAsync(string step, CancellationToken ct)
    {
        if (_file is null || !TryTake(_file, step))
        {
            return Task.CompletedTask;
        }

        log.StoppedAt(step);
        return UntilReleasedAsync(_file + Ending, ct);
    }

    private static async Task UntilReleasedAsync(string taken, CancellationToken ct)
    {
        while (File.Exists(taken))
        {
            await Task.Delay(Pause, ct);
        }
    }

    private static bool TryTake(string file, string step)
    {
        try
        {
            if (!File.Exists(file) || File.ReadAllText(file) != step)
            {
                return false;
            }

            File.Move(file, file + Ending, overwrite: true);
            return true;
        }
        catch (IOException)
        {
            // Another process was first.
            return false;
        }
    }
}
