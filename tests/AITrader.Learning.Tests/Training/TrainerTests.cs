using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Learning.Tests.Training;

public sealed class TrainerTests
{
    private const int Inputs = 3;
    private const int Hidden = 8;

    private static readonly TrainerOptions Options = new(new Schedule(0.01, 120)) { Rows = 16, ValidateEvery = 20 };

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_one_others()
    {
        var first = Train(Options);
        Assert.Equal(first.Weights, Train(Options).Weights);
        Assert.NotEqual(first.Weights, Train(Options with { Seed = 2 }).Weights);
    }

    [Fact]
    public void A_training_that_goes_on_from_a_checkpoint_comes_to_the_same_weights_to_the_bit()
    {
        var checkpoints = new List<Checkpoint>();
        var whole = Train(Options, saved: checkpoints.Add);
        Assert.Equal(6, checkpoints.Count);
        foreach (var checkpoint in checkpoints.SkipLast(1))
        {
            var rest = Train(Options, from: checkpoint);
            Assert.Equal(whole.Weights, rest.Weights);
            Assert.Equal(whole.Validation, rest.Validation);
        }
    }

    [Fact]
    public void Steps_are_those_of_a_plain_trainer()
    {
        var options = Options with { Schedule = new Schedule(0.01, 25), Decay = 0.1, LongestGradient = 0.5 };
        var weights = Train(options, validate: false).Weights;
        Assert.Equal(PlainTrainer.Train(options, Inputs, Hidden, Fill), weights, static (plain, graph) => Math.Abs(plain - graph) < 2e-5);
    }

    [Fact]
    public void It_learns_and_says_how_far_it_is()
    {
        var reports = new List<TrainingProgress>();
        var model = Train(Options with { Schedule = new Schedule(0.02, 600) }, progress: new Reports(reports));
        Assert.Equal(30, reports.Count);
        Assert.Equal(600, reports[^1].Step);
        Assert.True(reports[^1].Loss < reports[0].Loss / 20, $"from {reports[0].Loss} to {reports[^1].Loss}");
        Assert.Equal(reports.Min(static report => report.Validation), model.Validation);
        Assert.Equal(model.Validation, reports[^1].Best);
    }

    [Fact]
    public void It_ends_where_validation_gets_no_better_and_gives_the_best_weights()
    {
        var judged = new List<float[]>();
        var model = Run(Options with { Patience = 2 }, weights =>
        {
            judged.Add(weights);
            return judged.Count == 2 ? 1 : 5 + judged.Count;
        });
        Assert.Equal((5, 40, 100), (judged.Count, model.Step, model.Steps));
        Assert.Equal(judged[1], model.Weights);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_it_with_what_to_do()
    {
        var failure = Assert.Throws<DivergedException>(() =>
            new Trainer("diverges", Loss, Options).Train(
                static (batch, random) =>
                {
                    Fill(batch, random);
                    batch.Numbers("x")[0] = float.NaN;
                },
                validate: null,
                from: null,
                progress: null,
                _test
            )
        );
        Assert.Contains("at step 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() =>
            new Trainer("cancelled", Loss, Options).Train(
                (batch, random) =>
                {
                    Fill(batch, random);
                    if (++steps == 10)
                    {
                        stop.Cancel();
                    }
                },
                validate: null,
                from: null,
                progress: null,
                stop.Token
            )
        );
        Assert.Equal(10, steps);
    }

    [Fact]
    public void A_schedule_rises_and_then_falls_to_its_last_share()
    {
        var schedule = new Schedule(1, 1_000) { Rise = 0.1, Last = 0.01 };
        Assert.Equal(0.01, schedule.At(1), 12);
        Assert.Equal(1, schedule.At(100), 12);
        Assert.Equal(0.505, schedule.At(550), 12);
        Assert.Equal(0.01, schedule.At(1_000), 12);
    }

    private TrainedModel Train(
        TrainerOptions options,
        Checkpoint? from = null,
        Action<Checkpoint>? saved = null,
        IProgress<TrainingProgress>? progress = null,
        bool validate = true
    ) =>
        new Trainer("test", Loss, options) { Saved = saved }.Train(
            Fill,
            validate ? static weights => weights.Sum(static weight => Math.Abs(weight - 0.3)) : null,
            from,
            progress,
            _test
        );

    private TrainedModel Run(TrainerOptions options, Func<float[], double> validate) =>
        new Trainer("test", Loss, options).Train(Fill, validate, from: null, progress: null, _test);

    private static Variable Loss(DifferentiableGraph graph)
    {
        var x = graph.Input("x", Shape.Of(Shape.Batch, Inputs));
        var first = graph.Weights("first", Start.Rectified(Inputs), Shape.Of(Inputs, Hidden));
        var offsets = graph.Weights("first.offset", Start.Zero, Shape.Of(Hidden));
        var second = graph.Weights("second", Start.Linear(Hidden, 1), Shape.Of(Hidden, 1));
        var hidden = graph.Rectified(graph.Layer(x, first, offsets));
        return graph.SquaredError(graph.MatrixProduct(hidden, second), graph.Input("y", Shape.Of(Shape.Batch, 1)));
    }

    private static void Fill(Batch batch, Random random)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var x = batch.Row("x", row);
            foreach (ref var value in x)
            {
                value = (float)(random.NextDouble() - 0.5) * 2;
            }

            batch.Row("y", row)[0] = x[0] - (2 * Math.Abs(x[1])) + (0.5f * x[2]);
        }
    }

    private sealed class Reports(List<TrainingProgress> all) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Add(value);
    }
}
