using AITrader.Storage.Rows;
using AITrader.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Brings the tables of models up to what the model repository has, now and then: whoever put it there.</summary>
internal sealed class RegistryJob(RepositoryRecorder recorder, IOptions<TrainingOptions> options) : IJobHandler
{
    public const string TypeName = "model-registry";

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.RegistryEvery;

    public Task<string> RunAsync(JobRow job, CancellationToken ct) => recorder.RecordAsync(ct);
}
