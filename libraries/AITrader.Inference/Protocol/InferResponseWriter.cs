using System.Buffers;
using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Protocol;

/// <summary>Writes an inference response: JSON, followed by the outputs that were requested as binary data.</summary>
internal static class InferResponseWriter
{
    /// <returns>Length of the JSON part.</returns>
    public static int Write(IBufferWriter<byte> body, InferRequest request, ModelVersion version, CompletedRun done)
    {
        var outputs = Choose(request, version.Signature, done.Outputs);
        var binary = new List<byte[]>();
        int length;
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model_name"u8, version.Identity.Name);
            json.WriteString("model_version"u8, version.Identity.VersionText);
            if (request.Id is not null)
            {
                json.WriteString("id"u8, request.Id);
            }

            WriteProvenance(json, version, done);
            json.WriteStartArray("outputs"u8);
            foreach (var (tensor, isBinary) in outputs)
            {
                WriteOutput(json, tensor, isBinary ? binary : null);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            length = (int)json.BytesCommitted;
        }

        binary.ForEach(data => body.Write(data));
        return length;
    }

    private static List<(Tensor Tensor, bool IsBinary)> Choose(InferRequest request, ModelSignature signature, Tensor[] outputs)
    {
        if (request.Outputs.Count == 0)
        {
            return [.. outputs.Select(output => (output, request.IsBinaryDefault))];
        }

        return
        [
            .. request.Outputs.Select(asked => (outputs[signature.IndexOfOutput(asked.Name)], asked.IsBinary ?? request.IsBinaryDefault)),
        ];
    }

    private static void WriteProvenance(Utf8JsonWriter json, ModelVersion version, CompletedRun done)
    {
        json.WriteStartObject("parameters"u8);
        json.WriteString("provider"u8, version.Provider);
        json.WriteNumber("queue_us"u8, Micros(done.Queue));
        json.WriteNumber("input_us"u8, Micros(done.CopyIn));
        json.WriteNumber("compute_us"u8, Micros(done.Compute));
        json.WriteNumber("output_us"u8, Micros(done.CopyOut));
        json.WriteNumber("batch"u8, done.BatchSize);
        if (done.Members.Count > 0)
        {
            json.WriteString("members"u8, string.Join(", ", done.Members));
        }

        if (done.Lookup == CacheLookup.Hit)
        {
            json.WriteBoolean("cached"u8, true);
        }

        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, Tensor tensor, List<byte[]>? binary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, tensor.Name);
        json.WriteString("datatype"u8, tensor.Type.NameOf());
        json.WriteStartArray("shape"u8);
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        if (binary is null)
        {
            json.WritePropertyName("data"u8);
            ElementWriter.WriteFlat(json, tensor);
        }
        else
        {
            var data = BinaryTensors.Write(tensor);
            binary.Add(data);
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, data.Length);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}
