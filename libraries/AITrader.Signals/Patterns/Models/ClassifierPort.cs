using AITrader.Signals.Engine;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Patterns.Models;

/// <summary>The way from the hot thread to a classifier and back, which never waits: <see cref="TryAsk"/> and <see cref="TryTake"/> for the
/// hot thread, <see cref="ServeAsync"/> for one other.</summary>
/// <remarks>
/// A bounded mailbox of windows that are copied when they are asked about: what comes later cannot change the answer. Where it is full the
/// question is refused and
/// counted, never kept waiting. A question that the classifier fails at has no answer. The hot thread allocates nothing.
/// </remarks>
public sealed class ClassifierPort
{
    private const double Rounding = 1e-3;

    private readonly IPatternClassifier _classifier;
    private readonly double[][] _windows;
    private readonly double[] _probabilities;
    private readonly SpscRing<Question> _questions;
    private readonly SpscRing<int> _free;
    private readonly SpscRing<ClassifierAnswer> _answers;

    /// <summary>A port with room for so many questions, a power of two.</summary>
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
        _questions = new SpscRing<Question>(capacity);
        _answers = new SpscRing<ClassifierAnswer>(capacity);
        _free = new SpscRing<int>(capacity);
        for (var slot = 0; slot < capacity; slot++)
        {
            _free.TryWrite(slot);
        }
    }

    /// <summary>Questions refused because the mailbox was full. The hot thread's.</summary>
    public long Refused { get; private set; }

    /// <summary>Questions that the classifier failed at. The other thread's.</summary>
    public long Failed { get; private set; }

    /// <summary>Answers lost because nobody took those before them. The other thread's.</summary>
    public long Lost { get; private set; }

    /// <summary>Questions that wait.</summary>
    public int Waiting => _questions.Count;

    /// <summary>Hot thread: asks about the window that ends with the last trade.</summary>
    /// <returns>False where there are too few trades yet, or the mailbox is full.</returns>
    public bool TryAsk(ClassifiedTick tick, SymbolState state)
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

        return _questions.TryWrite(new Question(tick, slot)); // as many slots as places: there is room
    }

    /// <summary>Hot thread: takes the oldest answer that has come.</summary>
    public bool TryTake(out ClassifierAnswer answer) => _answers.TryRead(out answer);

    /// <summary>Other thread: has the oldest question answered.</summary>
    /// <returns>False where none waits.</returns>
    /// <exception cref="InvalidDataException">The classifier gave no probabilities; the question is given up, and counted.</exception>
    public async ValueTask<bool> ServeAsync(CancellationToken ct)
    {
        if (!_questions.TryRead(out var question))
        {
            return false;
        }

        var isAnswered = false;
        try
        {
            _probabilities.AsSpan().Fill(double.NaN); // a class that is left out must not keep what the question before got
            await _classifier.ClassifyAsync(_windows[question.Slot], _probabilities, ct);
            var answer = Read(question.Tick);
            isAnswered = true;
            Lost += _answers.TryWrite(answer) ? 0 : 1;
        }
        finally
        {
            Failed += isAnswered ? 0 : 1;
            _free.TryWrite(question.Slot);
        }

        return true;
    }

    private ClassifierAnswer Read(ClassifiedTick tick)
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
            ? new ClassifierAnswer(tick, best, _probabilities[best])
            : throw new InvalidDataException($"{_classifier.Name} gave probabilities with a sum of {sum}.");
    }

    private readonly record struct Question(ClassifiedTick Tick, int Slot);
}
