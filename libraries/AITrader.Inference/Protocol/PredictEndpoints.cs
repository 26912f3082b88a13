using System.Text;
using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Inference.Protocol;

/// <summary>The simple endpoint: inputs by name in the request, outputs by name in the answer.</summary>
/// <remarks>
/// <code>POST /predict/persistence {"prices":[[1,2,3]]}  ->  {"forecast":[[3,3,…]],"provenance":{"model":"persistence",…}}</code>
/// Types come from the model, shapes from the nesting; one row may come without its outer brackets.
/// </remarks>
internal static class PredictEndpoints
{
    public static async Task PredictAsync(HttpContext context, ModelRepository models)
    {
        try
        {
            await RunAsync(context, models);
        }
        catch (InferenceException refusal)
        {
            var problem = new ProblemDetails
            {
                Status = refusal.Status,
                Type = $"urn:aitrader:inference:{refusal.Reason}",
                Detail = refusal.Message,
            };
            await Results.Problem(problem).ExecuteAsync(context);
        }
    }

    private static async Task RunAsync(HttpContext context, ModelRepository models)
    {
        var asked = context.Request.Query["version"].ToString();
        var terms = Exchange.WithSymbol(CallTerms.Usual, context.Request);
        var version = models.Hold(Exchange.Route(context, "model"), asked.Length > 0 ? asked : null, terms.Symbol);
        try
        {
            var body = await Exchange.ReadBodyAsync(context.Request, context.RequestAborted);
            var done = await version.InferAsync(ReadInputs(body, version.Signature), terms, context.RequestAborted);
            Exchange.AddProvenance(context.Response, version, done);
            await Exchange.WriteJsonAsync(context, json => Write(json, version, done));
        }
        finally
        {
            version.Release();
        }
    }

    private static List<Tensor> ReadInputs(ReadOnlyMemory<byte> body, ModelSignature signature)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. document.RootElement.EnumerateObject().Select(member => ReadInput(member, signature))];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw InferenceException.BadRequest($"the body must be an object of inputs by name: {malformed.Message}", malformed);
        }
    }

    private static Tensor ReadInput(JsonProperty member, ModelSignature signature)
    {
        var index = SignatureReader.IndexOf(signature.Inputs, member.Name);
        if (index < 0)
        {
            throw InferenceException.BadRequest(
                $"the model has no input '{member.Name}'; its inputs are {SignatureReader.Names(signature.Inputs)}"
            );
        }

        var spec = signature.Inputs[index];
        var shape = NestedShape.Of(member.Value);
        var isBareRow = shape.Length == spec.Shape.Length - 1;
        return ElementParser.Parse(
            spec.Name,
            spec.Type,
            isBareRow ? [1, .. shape] : shape,
            Encoding.UTF8.GetBytes(isBareRow ? $"[{member.Value.GetRawText()}]" : member.Value.GetRawText())
        );
    }

    private static void Write(Utf8JsonWriter json, ModelVersion version, CompletedRun done)
    {
        json.WriteStartObject();
        foreach (var output in done.Outputs)
        {
            json.WritePropertyName(output.Name);
            ElementWriter.WriteNested(json, output);
        }

        json.WriteStartObject("provenance"u8);
        json.WriteString("model"u8, version.Identity.Name);
        json.WriteString("version"u8, version.Identity.VersionText);
        json.WriteString("provider"u8, version.Provider);
        json.WriteNumber("queue_us"u8, InferResponseWriter.Micros(done.Queue));
        json.WriteNumber("compute_us"u8, InferResponseWriter.Micros(done.Compute));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
