using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>An indicator as tests drive it: fed bar by bar, read after each.</summary>
internal sealed class Feed
{
    private readonly Action<BarInput> _update;
    private readonly Func<bool> _isReady;
    private readonly Func<double>[] _outputs;
    private Action<StateWriter>? _save;
    private Loader? _load;

    private Feed(Action<BarInput> update, Func<bool> isReady, Func<double>[] outputs)
    {
        _update = update;
        _isReady = isReady;
        _outputs = outputs;
    }

    internal delegate void Loader(ref StateReader reader);

    internal bool IsReady => _isReady();

    internal int Outputs => _outputs.Length;

    internal static Feed Of(Action<BarInput> update, Func<bool> isReady, params Func<double>[] outputs) => new(update, isReady, outputs);

    internal static Feed Of<T>(T indicator, Action<T, BarInput> update, Func<T, bool> isReady, params Func<T, double>[] outputs)
        where T : class =>
        new Feed(
            bar => update(indicator, bar),
            () => isReady(indicator),
            Array.ConvertAll<Func<T, double>, Func<double>>(outputs, read => () => read(indicator))
        ).Stored(
            typeof(T).GetMethod("Save")!.CreateDelegate<Action<StateWriter>>(indicator),
            typeof(T).GetMethod("Load")!.CreateDelegate<Loader>(indicator)
        );

    /// <summary>How the indicator is saved and loaded.</summary>
    internal Feed Stored(Action<StateWriter> save, Loader load)
    {
        _save = save;
        _load = load;
        return this;
    }

    internal byte[] Save()
    {
        var writer = new StateWriter();
        _save!(writer);
        return writer.Written.ToArray();
    }

    internal Feed Load(byte[] saved)
    {
        var reader = new StateReader(saved);
        _load!(ref reader);
        Assert.True(reader.AtEnd);
        return this;
    }

    internal void Update(in BarInput bar) => _update(bar);

    internal double Read(int output) => _outputs[output]();

    /// <summary>All outputs after every bar.</summary>
    internal List<double[]> Run(IEnumerable<BarInput> bars)
    {
        var results = new List<double[]>();
        foreach (var bar in bars)
        {
            Update(bar);
            results.Add(Array.ConvertAll(_outputs, static read => read()));
        }

        return results;
    }
}
