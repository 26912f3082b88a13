using AITrader.Registry.Shelves;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Where models and checkpoints are.</summary>
internal sealed class TrainingFolders(IOptions<TrainingOptions> options, IHostEnvironment host)
{
    private const string Ending = ".checkpoint";

    /// <summary>The model repository.</summary>
    public ModelShelf Shelf { get; } = new(RepositoryPath.Find(options.Value.Repository, host.ContentRootPath));

    private string Checkpoints =>
        options.Value.Checkpoints is { Length: > 0 } set ? set : Path.Combine(Path.GetTempPath(), "aitrader-training");

    /// <summary>File that a training goes on from.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string CheckpointOf(Guid job) => Path.Combine(Directory.CreateDirectory(Checkpoints).FullName, $"{job:N}{Ending}");

    /// <summary>Deletes the checkpoints of all jobs but these: what was cancelled never goes on.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public void DeleteOtherCheckpoints(IReadOnlySet<Guid> unfinished)
    {
        foreach (var file in Directory.Exists(Checkpoints) ? Directory.EnumerateFiles(Checkpoints, $"*{Ending}") : [])
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out var job) && !unfinished.Contains(job))
            {
                File.Delete(file);
            }
        }
    }
}
