using AITrader.Registry.Shelves;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Finds what is installed, best first: the model's versions, that labelled <c>stable</c> and then from
/// the highest down, then those of the fallback.</summary>
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
        var models = RepositoryPath.Find(own.ModelsFolder, host.ContentRootPath);
        return [.. ModelLayout.Find(models, own.Model), .. ModelLayout.Find(models, own.Fallback)];
    }
}
