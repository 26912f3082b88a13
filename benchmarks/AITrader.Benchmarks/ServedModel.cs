using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Rpc.Messages;
using Google.Protobuf;
using Grpc.Net.Client;

namespace AITrader.Benchmarks;

/// <summary>What a call came to.</summary>
/// <param name="ComputeMicros">Time of the model's run, as the runner says.</param>
/// <param name="Together">Requests that ran together.</param>
/// <param name="Forecast">The answer, row-major.</param>
internal sealed record ServedAnswer(long ComputeMicros, long Together, float[] Forecast);

/// <summary>A model of a runner in another process, asked in each form that the runner speaks.</summary>
internal sealed class ServedModel(string name, float[] prices, HttpClient http, GrpcChannel? grpc)
{
    private const string JsonLength = "Inference-Header-Content-Length";

    private readonly long[] _shape = [prices.Length / BareModel.Window, BareModel.Window];
    private readonly Uri _address = new($"/v2/models/{name}/infer", UriKind.Relative);
    private readonly byte[] _raw = MemoryMarshal.AsBytes<float>(prices).ToArray();
    private readonly GRPCInferenceService.GRPCInferenceServiceClient? _rpc = grpc is null
        ? null
        : new GRPCInferenceService.GRPCInferenceServiceClient(grpc);

    /// <summary>Raw tensors both ways, after a head of JSON.</summary>
    public async Task<ServedAnswer> BinaryAsync(CancellationToken ct)
    {
        var head = Encoding.UTF8.GetBytes(
            $$"""{"parameters":{"binary_data_output":true},"inputs":[{"name":"prices","datatype":"FP32","shape":[{{Sizes()}}],"parameters":{"binary_data_size":{{_raw.Length}} } }]}"""
        );
        using var content = new ByteArrayContent([.. head, .. _raw]);
        content.Headers.TryAddWithoutValidation(JsonLength, head.Length.ToString(CultureInfo.InvariantCulture));
        using var answer = await http.PostAsync(_address, content, ct);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct);
        var length = int.Parse(answer.Headers.GetValues(JsonLength).Single(), CultureInfo.InvariantCulture);
        using var json = JsonDocument.Parse(body.AsMemory(0, length));
        return Answer(json.RootElement, MemoryMarshal.Cast<byte, float>(body.AsSpan(length)).ToArray());
    }

    /// <summary>Numbers as text both ways.</summary>
    public async Task<ServedAnswer> JsonAsync(CancellationToken ct)
    {
        var request =
            $$"""{"inputs":[{"name":"prices","datatype":"FP32","shape":[{{Sizes()}}],"data":{{JsonSerializer.Serialize(prices)}}}]}""";
        using var content = new StringContent(request, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(_address, content, ct);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct);
        using var json = JsonDocument.Parse(body);
        var data = json.RootElement.GetProperty("outputs")[0].GetProperty("data");
        return Answer(json.RootElement, [.. data.EnumerateArray().Select(static value => value.GetSingle())]);
    }

    /// <summary>gRPC with raw contents.</summary>
    public async Task<ServedAnswer> GrpcAsync(CancellationToken ct)
    {
        var request = new ModelInferRequest { ModelName = name };
        var input = new ModelInferRequest.Types.InferInputTensor { Name = "prices", Datatype = "FP32" };
        input.Shape.AddRange(_shape);
        request.Inputs.Add(input);
        request.RawInputContents.Add(ByteString.CopyFrom(_raw));
        var answer = await _rpc!.ModelInferAsync(request, cancellationToken: ct);
        return new ServedAnswer(
            answer.Parameters["compute_us"].Int64Param,
            answer.Parameters["batch"].Int64Param,
            MemoryMarshal.Cast<byte, float>(answer.RawOutputContents[0].Span).ToArray()
        );
    }

    private string Sizes() => string.Create(CultureInfo.InvariantCulture, $"{_shape[0]},{_shape[1]}");

    private static ServedAnswer Answer(JsonElement root, float[] forecast)
    {
        var parameters = root.GetProperty("parameters");
        return new ServedAnswer(parameters.GetProperty("compute_us").GetInt64(), parameters.GetProperty("batch").GetInt64(), forecast);
    }
}
