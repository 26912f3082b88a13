using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Protocol;

/// <summary>Reads request bodies and writes answers as the protocol defines them.</summary>
internal static class Exchange
{
    public const string JsonLengthHeader = "Inference-Header-Content-Length";

    /// <summary>The instrument that a request is about.</summary>
    public const string SymbolHeader = "Inference-Symbol";

    private const string Json = "application/json";
    private const int ClientClosedRequest = 499;

    /// <summary>Answers an <see cref="InferenceException"/> with <c>{"error": …}</c>.</summary>
    public static RequestDelegate Guarded(Func<HttpContext, Task> handle) =>
        async context =>
        {
            try
            {
                await handle(context);
            }
            catch (InferenceException refusal)
            {
                await WriteErrorAsync(context, refusal.Status, refusal.Message);
            }
            catch (BadHttpRequestException bad)
            {
                await WriteErrorAsync(context, bad.StatusCode, bad.Message);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client has disconnected; the status is only for the log and the metrics of the server.
                context.Response.StatusCode = ClientClosedRequest;
            }
        };

    public static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    public static string? OptionalRoute(HttpContext context, string name) => (string?)context.Request.RouteValues[name];

    /// <summary>Takes the instrument from the header where the body names none.</summary>
    public static CallTerms WithSymbol(CallTerms terms, HttpRequest request) =>
        terms.Symbol is null && request.Headers[SymbolHeader].ToString() is { Length: > 0 } symbol
            ? CallTerms.Create(symbol, null, null) with
            {
                Priority = terms.Priority,
                Timeout = terms.Timeout,
            }
            : terms;

    /// <exception cref="InferenceException">The body is compressed in a way that this call does not know, or is
    /// not what it says.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Whoever decompresses takes the header away.
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && encoding != "identity")
        {
            throw InferenceException.UnknownEncoding(encoding);
        }

        try
        {
            return await ReadAllAsync(request, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw InferenceException.BadRequest($"the body is not compressed as its Content-Encoding says: {broken.Message}", broken);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            // Nothing is consumed yet: the next read returns the same bytes and more. The server limits the size of the body.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static int? JsonLengthOf(HttpRequest request)
    {
        var header = request.Headers[JsonLengthHeader];
        if (header.Count == 0)
        {
            return null;
        }

        return int.TryParse(header.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw InferenceException.BadRequest($"{JsonLengthHeader} is not a length");
    }

    /// <summary>Writes the JSON with one write: small separate writes would wait for the acknowledgement of each other.</summary>
    public static Task WriteJsonAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        return WriteAsync(context, body, Json);
    }

    public static async Task WriteAsync(HttpContext context, ArrayBufferWriter<byte> body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    public static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        });
    }

    /// <summary>Adds headers that name the model and the provider of an answer, for clients that do not parse the body.</summary>
    public static void AddProvenance(HttpResponse response, ModelVersion version, CompletedRun done) =>
        ProvenanceHeaders.Add(response, version.Identity.Name, version.Identity.VersionText, version.Provider, done.Queue, done.Compute);
}
