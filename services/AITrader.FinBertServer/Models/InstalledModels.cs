using AITrader.FinBertServer.Diagnostics;
using AITrader.Inference.Failures;

namespace AITrader.FinBertServer.Models;

/// <summary>What is served now.</summary>
/// <param name="Model">The classifier; null where there is none.</param>
/// <param name="Problems">Why a better one is not served, or none at all.</param>
internal sealed record Serving(TextModel? Model, string? Problems);

/// <summary>Serves the best classifier that is installed and works; a broken one costs nothing that worked before it.</summary>
/// <remarks>Requests take the model from any thread; one loop looks for changes. A request finishes with the model that it began
/// with.</remarks>
internal sealed class InstalledModels(ModelSearch search, TextModelLoader loader, ILogger<InstalledModels> logger) : IAsyncDisposable
{
    // By folder: what was tried and did not work is not tried again until its files change.
    private readonly Dictionary<string, (string Stamp, string Reason)> _broken = new(StringComparer.Ordinal);
    private Serving _serving = new(Model: null, "the models are being loaded");

    public Serving Serving => Volatile.Read(ref _serving);

    /// <summary>Holds the model for one request, which releases it afterwards; null where there is none.</summary>
    public TextModel? Hold()
    {
        while (Serving.Model is { } model)
        {
            if (model.Model.TryHold())
            {
                return model;
            }
        }

        return null;
    }

    /// <summary>Looks for changes.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var current = Serving.Model;
        var problems = new List<string>();
        foreach (var layout in search.Find())
        {
            if (layout == current?.Layout)
            {
                Serve(current, problems);
                return;
            }

            if (await TryLoadAsync(layout, problems, cancellationToken) is { } model)
            {
                Serve(model, problems);
                return;
            }

            // Its files changed and do not work any more: what was read from them before still does.
            if (layout.Folder == current?.Layout.Folder)
            {
                Serve(current, problems);
                return;
            }
        }

        Serve(model: null, problems);
    }

    public async ValueTask DisposeAsync()
    {
        if (Serving.Model is { } model)
        {
            Serve(model: null, ["the service is stopping"]);
            await model.Model.Closed;
        }
    }

    private async Task<TextModel?> TryLoadAsync(ModelLayout layout, List<string> problems, CancellationToken cancellationToken)
    {
        if (_broken.TryGetValue(layout.Folder, out var broken) && broken.Stamp == layout.Stamp)
        {
            problems.Add(broken.Reason);
            return null;
        }

        try
        {
            var model = await loader.LoadAsync(layout, cancellationToken);
            _broken.Remove(layout.Folder);
            return model;
        }
        catch (Exception failure) when (failure is InvalidDataException or ModelLoadException or IOException or UnauthorizedAccessException)
        {
            var reason = $"{layout} cannot be served: {failure.Message}";
            _broken[layout.Folder] = (layout.Stamp, reason);
            problems.Add(reason);
            logger.ModelRefused(layout.Name, layout.Version, failure.Message);
            return null;
        }
    }

    private void Serve(TextModel? model, List<string> problems)
    {
        var old = Serving.Model;
        var reason =
            problems.Count > 0 ? string.Join("; ", problems)
            : model is null ? search.Nothing
            : null;
        Volatile.Write(ref _serving, new Serving(model, reason));
        if (ReferenceEquals(old, model))
        {
            return;
        }

        old?.Model.Retire();
        if (model is null)
        {
            logger.NothingServed(reason!);
        }
        else
        {
            logger.ModelServed(model.Layout.Name, model.Layout.Version);
        }
    }
}
