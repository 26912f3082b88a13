using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Tensors;

/// <summary>Writes a tensor's elements as JSON.</summary>
internal static class ElementWriter
{
    /// <summary>Writes one flat array.</summary>
    public static void WriteFlat(Utf8JsonWriter json, Tensor tensor)
    {
        json.WriteStartArray();
        WriteRange(json, tensor, 0, (int)Tensor.CountOf(tensor.Shape)!.Value);
        json.WriteEndArray();
    }

    /// <summary>Writes nested arrays, one level for each dimension.</summary>
    public static void WriteNested(Utf8JsonWriter json, Tensor tensor) =>
        WriteNested(json, tensor, dimension: 0, start: 0, (int)Tensor.CountOf(tensor.Shape)!.Value);

    private static void WriteNested(Utf8JsonWriter json, Tensor tensor, int dimension, int start, int count)
    {
        if (dimension == tensor.Shape.Length)
        {
            WriteRange(json, tensor, start, count);
            return;
        }

        json.WriteStartArray();
        if (dimension == tensor.Shape.Length - 1)
        {
            WriteRange(json, tensor, start, count);
        }
        else
        {
            var size = (int)tensor.Shape[dimension];
            for (var i = 0; i < size; i++)
            {
                WriteNested(json, tensor, dimension + 1, start + (i * (count / size)), count / size);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteRange(Utf8JsonWriter json, Tensor tensor, int start, int count)
    {
        switch (tensor.Type)
        {
            case TensorType.Fp32:
                Write<float>(json, tensor, start, count, static (json, value, tensor) => json.WriteNumberValue(Finite(value, tensor)));
                break;
            case TensorType.Fp64:
                Write<double>(json, tensor, start, count, static (json, value, tensor) => json.WriteNumberValue(Finite(value, tensor)));
                break;
            case TensorType.Fp16:
                Write<Half>(json, tensor, start, count, static (json, value, tensor) =>
                    json.WriteNumberValue(Finite((float)value, tensor))
                );
                break;
            case TensorType.Bool:
                Write<byte>(json, tensor, start, count, static (json, value, _) => json.WriteBooleanValue(value != 0));
                break;
            case TensorType.Bytes:
                WriteTexts(json, tensor, start, count);
                break;
            default:
                WriteIntegers(json, tensor, start, count);
                break;
        }
    }

    private static void WriteIntegers(Utf8JsonWriter json, Tensor tensor, int start, int count)
    {
        switch (tensor.Type)
        {
            case TensorType.Int64:
                Write<long>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.Int32:
                Write<int>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.Int16:
                Write<short>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.Int8:
                Write<sbyte>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.UInt64:
                Write<ulong>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.UInt32:
                Write<uint>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.UInt16:
                Write<ushort>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            case TensorType.UInt8:
                Write<byte>(json, tensor, start, count, static (json, value, _) => json.WriteNumberValue(value));
                break;
            default:
                throw new NotSupportedException($"{tensor.Type} holds no integers");
        }
    }

    private static void Write<T>(Utf8JsonWriter json, Tensor tensor, int start, int count, Action<Utf8JsonWriter, T, Tensor> write)
        where T : unmanaged
    {
        foreach (var value in MemoryMarshal.Cast<byte, T>(tensor.Raw).Slice(start, count))
        {
            write(json, value, tensor);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, Tensor tensor, int start, int count)
    {
        foreach (var text in tensor.Texts.AsSpan(start, count))
        {
            // What is no text would be written with other characters in the place of its bytes.
            if (!Utf8.IsValid(text))
            {
                throw InferenceException.Internal(
                    $"output '{tensor.Name}' holds bytes that are no text, which JSON cannot carry; ask for binary data"
                );
            }

            json.WriteStringValue(text);
        }
    }

    private static T Finite<T>(T value, Tensor tensor)
        where T : System.Numerics.INumberBase<T> =>
        T.IsFinite(value)
            ? value
            : throw InferenceException.Internal(
                $"output '{tensor.Name}' holds NaN or infinity, which JSON cannot carry; ask for binary data"
            );
}
