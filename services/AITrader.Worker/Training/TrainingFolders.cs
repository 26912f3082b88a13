using AITrader.Registry.Shelves;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Where models and checkpoints are.</summary>
internal sealed class TrainingFolders(IOptions<TrainingOptions> options, IHostEnvironment host)
{
    /// <summary>The model repository.</summary>
    public ModelShelf Shelf { get; } = new(Find(options.Value.Repository, host.ContentRootPath));

    /// <summary>File that a training goes on from.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string CheckpointOf(Guid job)
    {
        var folder = options.Value.Checkpoints is { Length: > 0 } set ? set : Path.Combine(Path.GetTempPath(), "aitrader-training");
        return Path.Combine(Directory.CreateDirectory(folder).FullName, $"{job:N}.checkpoint");
    }

    // A relative path is looked for upwards too, so that a service run from its project folder finds the clone's models.
    private static string Find(string path, string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.GetFullPath(path, folder.FullName);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Path.GetFullPath(path, contentRoot);
    }
}
