using System.Collections.ObjectModel;
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
        var opened = ladder.Open(identity.Path);
        var lanes = new List<Lane>();
        try
        {
            var signature = SignatureReader.Read(opened.Sessions[0]);
            CheckBatching(signature, configuration);
            lanes.AddRange(
                opened.Sessions.Select(session => new Lane(session, signature, opened.Provider != ExecutionProvider.Cpu, clock))
            );
            WarmUp(lanes, Sample(signature, configuration));
            return new ModelVersion(identity, opened, signature, ExecutorFor(identity.Name, lanes, configuration), metrics, clock);
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

    private static Tensor[] Sample(ModelSignature signature, ModelConfiguration configuration)
    {
        var shapes = configuration.WarmUp ?? ReadOnlyDictionary<string, long[]>.Empty;
        if (shapes.Keys.FirstOrDefault(name => SignatureReader.IndexOf(signature.Inputs, name) < 0) is { } unknown)
        {
            throw new ModelLoadException($"warm_up names input '{unknown}', which the model does not have");
        }

        var sample = signature
            .Inputs.Select(input =>
                Zeros(input, shapes.GetValueOrDefault(input.Name) ?? [.. input.Shape.Select(static size => size < 0 ? 1 : size)])
            )
            .ToArray();
        return signature.Arrange(sample);
    }

    private static Tensor Zeros(TensorSpec input, long[] shape)
    {
        var count = Tensor.CountOf(shape) ?? throw new ModelLoadException($"warm_up shape of '{input.Name}' is not valid");
        return input.Type == TensorType.Bytes
            ? Tensor.OfTexts(input.Name, shape, [.. Enumerable.Repeat<byte[]>([], (int)count)])
            : Tensor.OfRaw(input.Name, input.Type, shape, new byte[count * input.Type.SizeOf()]);
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
