using AITrader.Registry.Shelves;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Where models and checkpoints are.</summary>
internal sealed class TrainingFolders(IOptions<TrainingOptions> options, IHostEnvironment host)
{
    /// <summary>The model repository.</summary>
    public ModelShelf Shelf { get; } = new(RepositoryPath.Find(options.Value.Repository, host.ContentRootPath));

    /// <summary>File that a training goes on from.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string CheckpointOf(Guid job)
    {
        var folder = options.Value.Checkpoints is { Length: > 0 } set ? set : Path.Combine(Path.GetTempPath(), "aitrader-training");
        return Path.Combine(Directory.CreateDirectory(folder).FullName, $"{job:N}.checkpoint");
    }
}
