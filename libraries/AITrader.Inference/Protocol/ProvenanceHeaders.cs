using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>Headers of an answer that say who gave it.</summary>
public static class ProvenanceHeaders
{
    /// <summary>Adds them: <c>Inference-Model</c>, <c>-Model-Version</c>, <c>-Provider</c>, <c>-Queue-Micros</c>,
    /// <c>-Compute-Micros</c>.</summary>
    /// <param name="response">The answer, before its body.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="version">Version of the model.</param>
    /// <param name="provider">Execution provider.</param>
    /// <param name="queue">Time that the request waited.</param>
    /// <param name="compute">Time that the model ran.</param>
    public static void Add(HttpResponse response, string model, string version, string provider, TimeSpan queue, TimeSpan compute)
    {
        ArgumentNullException.ThrowIfNull(response);
        var headers = response.Headers;
        headers["Inference-Model"] = model;
        headers["Inference-Model-Version"] = version;
        headers["Inference-Provider"] = provider;
        headers["Inference-Queue-Micros"] = Text(queue);
        headers["Inference-Compute-Micros"] = Text(compute);
    }

    private static string Text(TimeSpan time) => InferResponseWriter.Micros(time).ToString(CultureInfo.InvariantCulture);
}
