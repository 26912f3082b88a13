using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>A table of all resources that stays at the foot of a terminal while output scrolls above it.</summary>
internal sealed class LiveTable : IDisposable
{
    private const int SmallestTerminal = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private readonly bool _isColoured = Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
    private int _drawn;
    private bool _isStale;

    private LiveTable() => _timer = new Timer(_ => Refresh(), null, Interval, Interval);

    /// <summary>Null where there is no terminal, or one that cannot show a table and output beside it.</summary>
    public static LiveTable? ForTerminal() =>
        Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb" || Console.WindowHeight < SmallestTerminal
            ? null : new LiveTable();

    public void Set(string resourceId, string state, CustomResourceSnapshot snapshot)
    {
        var health = snapshot.HealthReports.IsEmpty ? string.Empty : snapshot.HealthStatus?.ToString() ?? string.Empty;
        var exit = snapshot.ExitCode is { } code ? $"exit code {code}" : string.Empty;
        var url = snapshot.Urls.FirstOrDefault()?.Url ?? string.Empty;
        lock (_gate)
        {
            _rows[resourceId] = $"{resourceId,-22} {state,-13} {health,-10} {(exit.Length > 0 ? exit : url)}";
            _isStale = true;
        }
    }

    public void PrintAbove(string text)
    {
        lock (_gate)
        {
            Erase();
            Console.Out.WriteLine(text);
            _isStale = true;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Refresh();
    }

    private void Refresh()
    {
        lock (_gate)
        {
            if (_isStale)
            {
                Erase();
                Draw();
                _isStale = false;
            }
        }
    }

    private void Erase()
    {
        if (_drawn > 0)
        {
            Console.Out.Write($"\e[{_drawn}A\r\e[J");
            _drawn = 0;
        }
    }

    private void Draw()
    {
        var width = Math.Max(20, Console.WindowWidth - 1);
        var text = new StringBuilder().AppendLine(new string('-', width));
        foreach (var row in _rows.Values)
        {
            var line = row.Length > width ? row[..width] : row;
            text.AppendLine(_isColoured ? Colour(line) : line);
        }

        Console.Out.Write(text);
        _drawn = _rows.Count + 1;
    }

    private static string Colour(string line) =>
        line.Contains(" Healthy", StringComparison.Ordinal) ? $"\e[32m{line}\e[0m"
        : line.Contains("Unhealthy", StringComparison.Ordinal) || line.Contains("Exited", StringComparison.Ordinal)
            || line.Contains("FailedToStart", StringComparison.Ordinal) ? $"\e[31m{line}\e[0m"
        : line;
}
