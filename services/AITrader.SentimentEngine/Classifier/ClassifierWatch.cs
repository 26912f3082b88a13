using AITrader.SentimentEngine.Diagnostics;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Classifier;

/// <summary>Polls finbert-server, updates <see cref="ClassifierState" />, and logs each change once.</summary>
internal sealed class ClassifierWatch(
    Supervisor supervisor,
    ClassifierProbe probe,
    ClassifierState state,
    IOptions<SentimentOptions> options,
    TimeProvider time,
    ILogger<ClassifierWatch> logger
) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var status = await probe.CheckAsync(stoppingToken);
            if (status.Reason != state.Current.Reason)
            {
                logger.ClassifierChanged(status.CanClassify, status.Reason);
            }

            state.Current = status;
            ReportProgress();
            await Task.Delay(options.Value.PollInterval, time, stoppingToken);
        }
    }
}
