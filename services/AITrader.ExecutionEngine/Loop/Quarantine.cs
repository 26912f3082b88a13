namespace AITrader.ExecutionEngine.Loop;

/// <summary>Entries whose processing failed for a reason of their own: they are processed alone from then on, and one that keeps failing is
/// given up.</summary>
/// <remarks>Otherwise one entry that no table takes would be tried for ever, and everything behind it would wait. Lives across sessions;
/// one caller at a time.</remarks>
internal sealed class Quarantine
{
    /// <summary>Attempts at an entry by itself.</summary>
    public const int MaxAttempts = 3;

    private readonly Dictionary<(Type Message, string Id), int> _failures = [];

    /// <summary>Whether an entry has to be taken alone.</summary>
    public bool IsSuspect<T>(string id) => _failures.Count > 0 && _failures.ContainsKey((typeof(T), id));

    /// <summary>Whether an entry is given up.</summary>
    public bool IsCondemned<T>(string id) => _failures.GetValueOrDefault((typeof(T), id)) >= MaxAttempts;

    /// <summary>Processing these failed; of several it is not known which one.</summary>
    public void Failed<T>(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            var known = _failures.GetValueOrDefault((typeof(T), id));
            _failures[(typeof(T), id)] = ids.Count == 1 ? known + 1 : known;
        }
    }

    /// <summary>These are processed.</summary>
    public void Passed<T>(IReadOnlyList<string> ids)
    {
        if (_failures.Count == 0)
        {
            return;
        }

        foreach (var id in ids)
        {
            _failures.Remove((typeof(T), id));
        }
    }
}

/// <summary>Processing entries failed, and the failure has been counted.</summary>
internal sealed class EntriesFailedException(Exception cause) : Exception(cause.Message, cause);
