using AITrader.Learning.Gradients;

namespace AITrader.Learning.Training;

/// <summary>Fills a batch with examples.</summary>
/// <param name="batch">Every buffer of it is written.</param>
/// <param name="random">A generator of this step's own: the same step gets the same examples.</param>
public delegate void Examples(Batch batch, Random random);

/// <summary>Trains a model until its steps are made or its validation gets no better.</summary>
/// <param name="name">Name of the graph.</param>
/// <param name="loss">Defines inputs, model and loss.</param>
/// <param name="options">How it is trained.</param>
public sealed class Trainer(string name, Func<DifferentiableGraph, Variable> loss, TrainerOptions options)
{
    private double? _last;

    /// <summary>Takes what is needed to go on after a crash; called with each validation.</summary>
    public Action<Checkpoint>? Saved { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="examples">Gives examples.</param>
    /// <param name="validate">Judges weights: less is better; null where nothing is held back.</param>
    /// <param name="from">Where an earlier training stopped; null for a new one.</param>
    /// <param name="progress">Takes reports.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="DivergedException">The loss is no number any more.</exception>
    public TrainedModel Train(
        Examples examples,
        Func<float[], double>? validate,
        Checkpoint? from,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(examples);
        var graph = DifferentiableGraph.ToTrain(name);
        AdamStep.Append(graph, loss(graph), options.LongestGradient);
        var batch = new Batch(graph.Inputs, options.Rows);
        var start = from?.State ?? TrainingState.Begin(graph.Begin(options.Seed));
        using var stepper = new Stepper(graph.Onnx.ToBytes(), batch, start, options.Threads);
        var best = from ?? new Checkpoint(start, start.Weights, Best: null, BestStep: 0, Misses: 0);
        var (step, sum, count) = (start.Step, 0.0, 0);
        while (step < options.Schedule.Steps && best.Misses <= options.Patience)
        {
            ct.ThrowIfCancellationRequested();
            step++;
            examples(batch, GeneratorOf(step));
            sum += Checked(stepper.Step(options.Schedule.At(step), options.Decay), step);
            count++;
            if (step % options.ValidateEvery == 0 || step == options.Schedule.Steps)
            {
                best = Judge(stepper, best, validate);
                Saved?.Invoke(best);
                progress?.Report(new TrainingProgress(step, options.Schedule.Steps, sum / count, _last, best.Best));
                (sum, count) = (0, 0);
            }
        }

        return validate is null
            ? new TrainedModel(stepper.Weights.ToArray(), step, Validation: null, step)
            : new TrainedModel(best.BestWeights, best.BestStep, best.Best, step);
    }

    private Checkpoint Judge(Stepper stepper, Checkpoint best, Func<float[], double>? validate)
    {
        var state = stepper.State;
        if (validate is null)
        {
            return best with { State = state };
        }

        _last = validate(state.Weights);
        return best.Best is { } least && _last >= least
            ? best with
            {
                State = state,
                Misses = best.Misses + 1,
            }
            : new Checkpoint(state, state.Weights, _last, state.Step, Misses: 0);
    }

    // A generator for each step: a training that goes on gets the examples that it would have got.
    private Random GeneratorOf(long step) => new(unchecked((options.Seed * 486_187_739) + (int)(step * 16_777_619)));

    private static float Checked(float loss, long step) => float.IsFinite(loss) ? loss : throw new DivergedException(step, loss);
}

/// <summary>A training whose loss is no finite number any more: the rate is too high, or an example is no number.</summary>
public sealed class DivergedException : Exception
{
    internal DivergedException(long step, float loss)
        : base($"the loss is {loss} at step {step}: lower the rate, or look for examples that are no numbers") { }
}
