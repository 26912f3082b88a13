using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Backtesting.Search;

/// <summary>Trials on disk, a line each, so that a search that was broken off goes on where it was.</summary>
/// <remarks>A trial is known by the id of its run, which follows from data, strategy and its code, options and settings, and by the
/// objective: what was changed is tried anew.</remarks>
internal sealed class TrialLog : IDisposable
{
    private readonly Dictionary<(string Run, string Objective), SearchTrial> _known = [];
    private readonly StreamWriter _writer;
    private readonly Lock _gate = new();

    /// <summary>Opens or begins a log.</summary>
    /// <remarks>A last line that was torn by a crash is no trial.</remarks>
    internal TrialLog(string path)
    {
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path))
            {
                if (TryRead(line) is { } trial)
                {
                    _known[(trial.Run, trial.Objective)] = trial;
                }
            }
        }

        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
        if (_writer.BaseStream.Length > 0)
        {
            _writer.WriteLine();
        }
    }

    internal SearchTrial? Find(string run, SearchObjective objective)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault((run, objective.Name));
        }
    }

    internal void Add(SearchTrial trial)
    {
        lock (_gate)
        {
            _known[(trial.Run, trial.Objective)] = trial;
            _writer.WriteLine(JsonSerializer.Serialize(trial, TrialJson.Default.SearchTrial));
        }
    }

    public void Dispose() => _writer.Dispose();

    private static SearchTrial? TryRead(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, TrialJson.Default.SearchTrial);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SearchTrial))]
internal sealed partial class TrialJson : JsonSerializerContext;
