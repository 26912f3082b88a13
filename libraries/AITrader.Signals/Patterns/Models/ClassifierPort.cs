using AITrader.Signals.Engine;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Patterns.Models;

/// <summary>The way from the hot thread to a classifier and back, which never waits: <see cref="TryRequest"/> and <see cref="TryTake"/> for
/// the
/// hot thread, <see cref="ServeAsync"/> for one other.</summary>
/// <remarks>
/// A bounded queue of windows, copied at the request: what comes later cannot change the result. Where it is full the
/// request is refused and
/// counted, never kept waiting. A request that the classifier fails at has no result. The hot thread allocates nothing.
/// </remarks>
public sealed class ClassifierPort
{
    private const double Rounding = 1e-3;

    private readonly IPatternClassifier _classifier;
    private readonly double[][] _windows;
    private readonly double[] _probabilities;
    private readonly SpscRing<Request> _requests;
    private readonly SpscRing<int> _free;
    private readonly SpscRing<Classification> _results;

    /// <summary>A port with room for so many requests, a power of two.</summary>
    /// <exception cref="ArgumentException">The classifier has no class, two of one name, or no window; or the room is no power of
    /// two.</exception>
    public ClassifierPort(IPatternClassifier classifier, int capacity)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        if (
            classifier.Window < 1
            || classifier.Classes.Count == 0
            || classifier.Classes.DistinctBy(static known => known.Name).Count() < classifier.Classes.Count
        )
        {
            throw new ArgumentException($"{classifier.Name} needs a window, and classes with names of their own.", nameof(classifier));
        }

        _classifier = classifier;
        _probabilities = new double[classifier.Classes.Count];
        _windows = [.. Enumerable.Range(0, capacity).Select(_ => new double[classifier.Window])];
        _requests = new SpscRing<Request>(capacity);
        _results = new SpscRing<Classification>(capacity);
        _free = new SpscRing<int>(capacity);
        for (var slot = 0; slot < capacity; slot++)
        {
            _free.TryWrite(slot);
        }
    }

    /// <summary>Requests refused because the queue was full. For the hot thread.</summary>
    public long Refused { get; private set; }

    /// <summary>Requests at which the classifier failed. For the other thread.</summary>
    public long Failed { get; private set; }

    /// <summary>Results lost because the queue of results was full. For the other thread.</summary>
    public long Lost { get; private set; }

    /// <summary>Requests not served yet.</summary>
    public int Pending => _requests.Count;

    /// <summary>Hot thread: requests a classification of the window that ends with the last trade.</summary>
    /// <returns>False where there are too few trades yet, or the queue is full.</returns>
    public bool TryRequest(ClassifiedTick tick, SymbolState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Trades < _classifier.Window)
        {
            return false;
        }

        if (!_free.TryRead(out var slot))
        {
            Refused++;
            return false;
        }

        if (state.CopyWindow(_windows[slot]) < _classifier.Window)
        {
            throw new InvalidOperationException($"{_classifier.Name} looks at {_classifier.Window} prices; Patterns:Window keeps fewer.");
        }

        return _requests.TryWrite(new Request(tick, slot)); // as many slots as places: there is room
    }

    /// <summary>Hot thread: takes the oldest result that has come.</summary>
    public bool TryTake(out Classification result) => _results.TryRead(out result);

    /// <summary>Other thread: serves the oldest request.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="InvalidDataException">The classifier gave no probabilities; the request is given up, and counted.</exception>
    public async ValueTask<bool> ServeAsync(CancellationToken ct)
    {
        if (!_requests.TryRead(out var request))
        {
            return false;
        }

        var isAnswered = false;
        try
        {
            _probabilities.AsSpan().Fill(double.NaN); // a class that is left out must not keep what the request before got
            await _classifier.ClassifyAsync(_windows[request.Slot], _probabilities, ct);
            var result = Read(request.Tick);
            isAnswered = true;
            Lost += _results.TryWrite(result) ? 0 : 1;
        }
        finally
        {
            Failed += isAnswered ? 0 : 1;
            _free.TryWrite(request.Slot);
        }

        return true;
    }

    private Classification Read(ClassifiedTick tick)
    {
        var (best, sum) = (0, 0.0);
        for (var i = 0; i < _probabilities.Length; i++)
        {
            var probability = _probabilities[i];
            if (!(probability >= 0 && probability <= 1))
            {
                throw new InvalidDataException(
                    $"{_classifier.Name} gave {probability} for {_classifier.Classes[i].Name}, which is no probability."
                );
            }

            sum += probability;
            best = probability > _probabilities[best] ? i : best;
        }

        return Math.Abs(sum - 1) <= Rounding
            ? new Classification(tick, best, _probabilities[best])
            : throw new InvalidDataException($"{_classifier.Name} gave probabilities with a sum of {sum}.");
    }

    private readonly record struct Request(ClassifiedTick Tick, int Slot);
}
