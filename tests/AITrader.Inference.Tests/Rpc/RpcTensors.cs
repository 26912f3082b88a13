using System.Runtime.InteropServices;
using AITrader.Inference.Rpc.Messages;
using Google.Protobuf;

namespace AITrader.Inference.Tests.Rpc;

/// <summary>Requests as a client writes them.</summary>
internal static class RpcTensors
{
    public static ModelInferRequest Raw(string model, string input, string type, long[] shape, byte[] data) =>
        new()
        {
            ModelName = model,
            Inputs = { Input(input, type, shape) },
            RawInputContents = { ByteString.CopyFrom(data) },
        };

    public static ModelInferRequest Raw(string model, string input, params float[] row) =>
        Raw(model, input, "FP32", [1, row.Length], MemoryMarshal.AsBytes<float>(row).ToArray());

    public static ModelInferRequest Typed(string model, string input, string type, long[] shape, InferTensorContents contents)
    {
        var request = new ModelInferRequest { ModelName = model, Inputs = { Input(input, type, shape) } };
        request.Inputs[0].Contents = contents;
        return request;
    }

    public static ModelInferRequest.Types.InferInputTensor Input(string name, string type, params long[] shape) =>
        new()
        {
            Name = name,
            Datatype = type,
            Shape = { shape },
        };

    public static float[] Floats(ByteString raw) => MemoryMarshal.Cast<byte, float>(raw.Span).ToArray();
}
