using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the files of one compute environment.</summary>
internal interface IPublishStep
{
    Task PublishAsync(DistributedApplicationModel model, string outputPath, CancellationToken cancellationToken);
}

/// <summary>The resource exists in run mode only.</summary>
internal sealed class NotPublishedAnnotation : IResourceAnnotation;

/// <summary><c>--operation publish --step publish --output-path DIR</c>: writes files and starts nothing.</summary>
internal static class PublishRun
{
    private const string Step = "publish";

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var step = configuration["step"];
        if (!string.Equals(step, Step, StringComparison.OrdinalIgnoreCase))
        {
            // The real package runs every step then, deployment and destruction among them.
            throw new DistributedApplicationException($"Say which step to run: --step {Step} (found: '{step}'). These stand-ins know no other.");
        }

        var steps = services.GetServices<IPublishStep>().ToList();
        if (steps.Count == 0)
        {
            throw new DistributedApplicationException("Nothing to publish to: the AppHost adds no compute environment.");
        }

        var output = Path.GetFullPath(configuration["output-path"] ?? "aspire-output");
        Directory.CreateDirectory(output);
        foreach (var publisher in steps)
        {
            await publisher.PublishAsync(services.GetRequiredService<DistributedApplicationModel>(), output, cancellationToken);
        }

        Console.Out.WriteLine($"published to {output}");
    }
}
