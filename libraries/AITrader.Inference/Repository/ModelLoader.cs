using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Repository;

/// <summary>Opens one version of a model and runs it once as a warm-up.</summary>
internal sealed class ModelLoader(ProviderLadder ladder, IOptions<InferenceOptions> options, InferenceMetrics metrics, TimeProvider clock)
{
    /// <exception cref="ModelLoadException">The model cannot be opened, or its sample run fails.</exception>
    public ModelVersion Load(ModelIdentity identity, ModelConfiguration configuration)
    {
        var accelerator = configuration.AcceleratorWith(options.Value.Precision);
        try
        {
            return Load(identity, configuration, accelerator, []);
        }
        catch (GraphRefusedException refusal)
        {
            var without = new StepDown(refusal.Provider, $"served without CUDA graph: {refusal.Message}");
            return Load(identity, configuration, accelerator with { IsGraph = false }, [without]);
        }
    }

    private ModelVersion Load(
        ModelIdentity identity,
        ModelConfiguration configuration,
        AcceleratorSettings accelerator,
        IReadOnlyList<StepDown> before
    )
    {
        var opened = ladder.Open(identity.Path, accelerator);
        using var placement = opened.Placement;
        var lanes = new List<Lane>();
        try
        {
            var signature = accelerator.ApplyTo(SignatureReader.Read(opened.Sessions[0]));
            CheckBatching(signature, configuration);
            lanes.AddRange(opened.Sessions.Select(session => new Lane(session, signature, MemoryOf(session, opened), clock)));
            WarmUp(lanes, SampleInputs.Of(signature, configuration.WarmUp, "warm_up"));
            CheckGraph(opened, signature, lanes);
            return new ModelVersion(
                identity,
                new ProviderChoice(opened.Provider.NameOf(), [.. before, .. opened.StepDowns], CpuNodesOf(opened)),
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
            if (Explained(failure, opened) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    // What fails with a graph is tried without one.
    private static Exception? Explained(Exception failure, OpenedModel opened) =>
        failure switch
        {
            InferenceException or OnnxRuntimeException when opened.IsGraph => new GraphRefusedException(
                opened.Provider,
                failure.Message,
                failure
            ),
            InferenceException refusal => new ModelLoadException($"the warm-up run failed: {refusal.Message}", refusal),
            _ => null,
        };

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

    // On a GPU alone something can be elsewhere. A version that works is served, whether or not that can be told.
    private static IReadOnlyList<PlacedNode> CpuNodesOf(OpenedModel opened)
    {
        try
        {
            return opened.Placement is null ? [] : [.. NodePlacement.End(opened.Sessions[0]).Where(static node => node.IsOnCpu)];
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return [];
        }
    }

#pragma warning disable CA2000 // The lane owns its memory.
    private LaneMemory MemoryOf(InferenceSession session, OpenedModel opened) =>
        opened.Provider == ExecutionProvider.Cpu ? LaneMemory.Host
        : opened.IsGraph ? new LaneMemory(IsOnDevice: true, new DeviceMemory(session, options.Value.DeviceId))
        : LaneMemory.Device;
#pragma warning restore CA2000

    private static void CheckGraph(OpenedModel opened, ModelSignature signature, List<Lane> lanes)
    {
        foreach (var lane in opened.IsGraph ? lanes : [])
        {
            if (GraphCheck.Find(signature, inputs => lane.Run(inputs, CancellationToken.None).Outputs) is { } wrong)
            {
                throw new GraphRefusedException(opened.Provider, wrong);
            }
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
