using System.Buffers;
using System.Globalization;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>The inference endpoint of the protocol.</summary>
internal static class InferEndpoints
{
    public static async Task InferAsync(HttpContext context, ModelRepository models, OutcomeBook outcomes)
    {
        var aborted = context.RequestAborted;
        var (model, asked) = (Exchange.Route(context, "model"), Exchange.OptionalRoute(context, "version"));

        // What is not there is refused before its body is taken in.
        models.Find(model, asked);
        var body = await Exchange.ReadBodyAsync(context.Request, aborted);
        var request = InferRequestReader.Read(body.Span, Exchange.JsonLengthOf(context.Request));
        var terms = Exchange.WithSymbol(request.Terms, context.Request);
        var version = models.Hold(model, asked, terms.Symbol);
        try
        {
            var done = await version.InferAsync(request.Inputs, terms, aborted);
            outcomes.Remember(version, request.Id, done.Outputs);

            var answer = new ArrayBufferWriter<byte>(512);
            var jsonLength = InferResponseWriter.Write(answer, request, version, done);
            Exchange.AddProvenance(context.Response, version, done);
            var isBinary = jsonLength < answer.WrittenCount;
            if (isBinary)
            {
                context.Response.Headers[Exchange.JsonLengthHeader] = jsonLength.ToString(CultureInfo.InvariantCulture);
            }

            await Exchange.WriteAsync(context, answer, isBinary ? "application/octet-stream" : "application/json");
        }
        finally
        {
            version.Release();
        }
    }
}
