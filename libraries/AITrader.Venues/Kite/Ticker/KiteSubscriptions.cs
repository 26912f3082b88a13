using System.Globalization;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>What is wanted of the ticker. Safe from any thread.</summary>
internal sealed class KiteSubscriptions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, KiteMode> _wanted = [];
    private readonly HashSet<uint> _again = [];
    private TaskCompletionSource _changed = NewChange();

    /// <summary>Ends when something else is wanted than at the time of asking.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Tokens that are wanted now.</summary>
    public IReadOnlyCollection<uint> Wanted
    {
        get
        {
            lock (_gate)
            {
                return [.. _wanted.Keys];
            }
        }
    }

    public void Add(IEnumerable<uint> tokens, KiteMode mode) =>
        Change(wanted =>
        {
            foreach (var token in tokens)
            {
                wanted[token] = mode;
            }
        });

    public void Remove(IEnumerable<uint> tokens) =>
        Change(wanted =>
        {
            foreach (var token in tokens)
            {
                wanted.Remove(token);
            }
        });

    /// <summary>Tells a line once more of those that are wanted: it may have forgotten them.</summary>
    public void Repeat(IEnumerable<uint> tokens) => Change(wanted => _again.UnionWith(tokens.Where(wanted.ContainsKey)));

    /// <summary>Messages that bring a line from what it was told to what is wanted; <paramref name="told"/> follows.</summary>
    public IReadOnlyList<string> Difference(Dictionary<uint, KiteMode> told)
    {
        lock (_gate)
        {
            var messages = new List<string>();
            var gone = told.Keys.Where(token => !_wanted.ContainsKey(token) || _again.Contains(token)).ToList();
            _again.ExceptWith(gone.Where(told.Remove).ToList());
            var fresh = _wanted.Keys.Where(token => !told.ContainsKey(token)).ToList();
            Append(messages, "unsubscribe", gone);
            Append(messages, "subscribe", fresh);
            foreach (
                var mode in _wanted
                    .Where(pair => !told.TryGetValue(pair.Key, out var known) || known != pair.Value)
                    .GroupBy(static pair => pair.Value)
            )
            {
                messages.Add($$"""{"a":"mode","v":["{{Name(mode.Key)}}",[{{List(mode.Select(static pair => pair.Key))}}]]}""");
            }

            told.Clear();
            foreach (var (token, mode) in _wanted)
            {
                told[token] = mode;
            }

            return messages;
        }
    }

    private static void Append(List<string> messages, string action, List<uint> tokens)
    {
        if (tokens.Count > 0)
        {
            messages.Add($$"""{"a":"{{action}}","v":[{{List(tokens)}}]}""");
        }
    }

    private static string Name(KiteMode mode) =>
        mode switch
        {
            KiteMode.Ltp => "ltp",
            KiteMode.Quote => "quote",
            _ => "full",
        };

    private static string List(IEnumerable<uint> tokens) =>
        string.Join(',', tokens.Select(static token => token.ToString(CultureInfo.InvariantCulture)));

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action<Dictionary<uint, KiteMode>> change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change(_wanted);
            (before, _changed) = (_changed, NewChange());
        }

        before.SetResult();
    }
}
