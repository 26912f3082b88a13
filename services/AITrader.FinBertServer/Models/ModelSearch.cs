using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Finds what is installed, best first: the model's versions from the highest down, then those of the fallback.</summary>
internal sealed class ModelSearch(IOptions<FinBertOptions> options, IHostEnvironment host)
{
    /// <summary>Why nothing is served where nothing is installed.</summary>
    public string Nothing
    {
        get
        {
            var own = options.Value;
            return $"no model {own.Model} is installed under {own.ModelsFolder.TrimEnd('/')}/, and no {own.Fallback} either";
        }
    }

    /// <exception cref="IOException">The disk cannot be read.</exception>
    public IReadOnlyList<ModelLayout> Find()
    {
        var own = options.Value;
        return FindFolder() is { } models ? [.. ModelLayout.Find(models, own.Model), .. ModelLayout.Find(models, own.Fallback)] : [];
    }

    // Searched upwards, so that a service started from its project folder finds the models of the repository.
    private string? FindFolder()
    {
        for (var root = new DirectoryInfo(host.ContentRootPath); root is not null; root = root.Parent)
        {
            var candidate = Path.Combine(root.FullName, options.Value.ModelsFolder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
