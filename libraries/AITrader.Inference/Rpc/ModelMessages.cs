using AITrader.Inference.Repository;
using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Rpc;

/// <summary>Writes what is said of models: metadata, statistics, states.</summary>
internal static class ModelMessages
{
    public static ModelMetadataResponse Describe(ModelEntry entry, ModelSignature signature) =>
        new()
        {
            Name = entry.Name,
            Versions = { entry.Versions.OrderBy(static pair => pair.Key).Select(static pair => pair.Value.Identity.VersionText) },
            Platform = ServerDescription.Platform,
            Inputs = { signature.Inputs.Select(Describe) },
            Outputs = { signature.Outputs.Select(Describe) },
        };

    public static Messages.ModelStatistics Statistics(ModelVersion version)
    {
        var totals = version.Statistics.Read();
        return new Messages.ModelStatistics
        {
            Name = version.Identity.Name,
            Version = version.Identity.VersionText,
            LastInference = (ulong)totals.LastInferenceMilliseconds,
            InferenceCount = (ulong)totals.Success.Count,
            ExecutionCount = (ulong)totals.ExecutionCount,
            InferenceStats = new InferStatistics
            {
                Success = Duration(totals.Success),
                Fail = Duration(totals.Fail),
                Queue = Duration(totals.Queue),
                ComputeInput = Duration(totals.Input),
                ComputeInfer = Duration(totals.Compute),
                ComputeOutput = Duration(totals.Output),
                CacheHit = Duration(totals.CacheHit),
                CacheMiss = Duration(totals.CacheMiss),
            },
            BatchStats = { version.Statistics.ReadBatches().Select(Batch) },
        };
    }

    private static InferBatchStatistics Batch(Repository.ModelStatistics.BatchTotals batch) =>
        new()
        {
            BatchSize = (ulong)batch.Size,
            ComputeInput = Duration(new(batch.Executions, batch.Input)),
            ComputeInfer = Duration(new(batch.Executions, batch.Compute)),
            ComputeOutput = Duration(new(batch.Executions, batch.Output)),
        };

    public static RepositoryIndexResponse.Types.ModelIndex Line(ModelIndexLine line) =>
        new()
        {
            Name = line.Name,
            Version = line.Version ?? string.Empty,
            State = line.State,
            Reason = line.Reason,
        };

    private static ModelMetadataResponse.Types.TensorMetadata Describe(TensorSpec spec) =>
        new()
        {
            Name = spec.Name,
            Datatype = spec.Type.NameOf(),
            Shape = { spec.Shape },
        };

    private static StatisticDuration Duration(Repository.ModelStatistics.Duration duration) =>
        new() { Count = (ulong)duration.Count, Ns = (ulong)duration.Total.TotalNanoseconds };
}
