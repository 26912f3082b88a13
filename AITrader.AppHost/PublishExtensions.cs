using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.AppHost;

/// <summary>Runs the application and returns the exit code of the program.</summary>
internal static class PublishExtensions
{
    /// <summary>Runs to the end. A publication that failed ends with exit code 1; of itself the host would end with 0.</summary>
    public static async Task<int> RunToExitCodeAsync(this DistributedApplication application)
    {
        var isPublishing = application.Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode;
        // Asked before the run, which disposes of all services. Where projects run, they are left for the host to make in its own time.
        var work = isPublishing ? application.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList() : [];
        await application.RunAsync();
        return work.Exists(static service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
