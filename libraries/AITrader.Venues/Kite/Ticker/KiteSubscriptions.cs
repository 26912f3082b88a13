using System.Globalization;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>What is subscribed. Safe from any thread.</summary>
internal sealed class KiteSubscriptions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, KiteMode> _modes = [];
    private readonly HashSet<uint> _again = [];
    private TaskCompletionSource _changed = NewChange();

    /// <summary>Ends when the subscriptions change.</summary>
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

    /// <summary>Subscribed tokens.</summary>
    public IReadOnlyCollection<uint> Tokens
    {
        get
        {
            lock (_gate)
            {
                return [.. _modes.Keys];
            }
        }
    }

    public void Add(IEnumerable<uint> tokens, KiteMode mode) =>
        Change(modes =>
        {
            foreach (var token in tokens)
            {
                modes[token] = mode;
            }
        });

    public void Remove(IEnumerable<uint> tokens) =>
        Change(modes =>
        {
            foreach (var token in tokens)
            {
                modes.Remove(token);
            }
        });

    /// <summary>Subscribes tokens once more, as the venue may have forgotten them.</summary>
    public void Repeat(IEnumerable<uint> tokens) => Change(modes => _again.UnionWith(tokens.Where(modes.ContainsKey)));

    /// <summary>Messages that bring a connection from what was sent to what is subscribed; <paramref name="sent"/> follows.</summary>
    public IReadOnlyList<string> Difference(Dictionary<uint, KiteMode> sent)
    {
        lock (_gate)
        {
            var messages = new List<string>();
            var ended = sent.Keys.Where(token => !_modes.ContainsKey(token) || _again.Contains(token)).ToList();
            _again.ExceptWith(ended.Where(sent.Remove).ToList());
            var added = _modes.Keys.Where(token => !sent.ContainsKey(token)).ToList();
            Append(messages, "unsubscribe", ended);
            Append(messages, "subscribe", added);
            foreach (
                var mode in _modes
                    .Where(pair => !sent.TryGetValue(pair.Key, out var known) || known != pair.Value)
                    .GroupBy(static pair => pair.Value)
            )
            {
                messages.Add($$"""{"a":"mode","v":["{{Name(mode.Key)}}",[{{List(mode.Select(static pair => pair.Key))}}]]}""");
            }

            sent.Clear();
            foreach (var (token, mode) in _modes)
            {
                sent[token] = mode;
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
            change(_modes);
            (before, _changed) = (_changed, NewChange());
        }

        before.SetResult();
    }
}
