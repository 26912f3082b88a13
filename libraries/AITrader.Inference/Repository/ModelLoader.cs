using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>Opens one version of a model and runs it once as a warm-up.</summary>
internal sealed class ModelLoader(ProviderLadder ladder, IOptions<InferenceOptions> options, InferenceMetrics metrics, TimeProvider clock)
{
    /// <exception cref="ModelLoadException">The model cannot be opened, or its sample run fails.</exception>
    public ModelVersion Load(ModelIdentity identity, ModelConfiguration configuration)
    {
        var accelerator = configuration.Accelerator;
        var opened = ladder.Open(identity.Path, accelerator);
        var lanes = new List<Lane>();
        try
        {
            var signature = accelerator.ApplyTo(SignatureReader.Read(opened.Sessions[0]));
            CheckBatching(signature, configuration);
            lanes.AddRange(
                opened.Sessions.Select(session => new Lane(session, signature, opened.Provider != ExecutionProvider.Cpu, clock))
            );
            WarmUp(lanes, SampleInputs.Of(signature, configuration.WarmUp, "warm_up"));
            return new ModelVersion(
                identity,
                opened.Provider.NameOf(),
                opened.StepDowns,
                signature,
                ExecutorFor(identity.Name, lanes, configuration),
                configuration.ResponseCache is { } cache ? new ResponseCache(cache) : null,
                metrics,
                clock
            );
        }
        catch (Exception failure)
        {
            Close(opened, lanes);
            if (failure is InferenceException refusal)
            {
                throw new ModelLoadException($"the warm-up run failed: {refusal.Message}", refusal);
            }

            throw;
        }
    }

    private IExecutor ExecutorFor(string model, List<Lane> lanes, ModelConfiguration configuration)
    {
        var limits = new QueueLimits(
            configuration.QueueLimit ?? options.Value.QueueLimit,
            configuration.QueueTimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : options.Value.QueueTimeout
        );
        var pool = new LanePool(model, lanes, limits, clock);
        return configuration.Batching is { } batching
            ? new BatchingExecutor(
                model,
                pool,
                new BatchLimits(batching.MaxSize, TimeSpan.FromMicroseconds(batching.MaxQueueDelayUs)),
                limits,
                clock
            )
            : new DirectExecutor(pool, clock);
    }

    // Twice: the first run allocates memory, the second shows that the bound memory is reused.
    private static void WarmUp(List<Lane> lanes, Tensor[] sample)
    {
        foreach (var lane in lanes)
        {
            lane.Run(sample, CancellationToken.None);
            lane.Run(sample, CancellationToken.None);
        }
    }

    private static void CheckBatching(ModelSignature signature, ModelConfiguration configuration)
    {
        if (
            configuration.Batching is not null
            && signature.Inputs.Concat(signature.Outputs).FirstOrDefault(static spec => spec.Shape is [] or [>= 0, ..]) is { } fixedSpec
        )
        {
            throw new ModelLoadException($"batching needs a varying first dimension; '{fixedSpec.Name}' is {fixedSpec.ShapeText}");
        }
    }

    // A lane owns its session; sessions without a lane are closed here.
    private static void Close(OpenedModel opened, List<Lane> lanes)
    {
        lanes.ForEach(static lane => lane.Dispose());
        foreach (var session in opened.Sessions.Skip(lanes.Count))
        {
            session.Dispose();
        }
    }
}
