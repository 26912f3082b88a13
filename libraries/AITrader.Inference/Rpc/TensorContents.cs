using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AITrader.Inference.Failures;
using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace AITrader.Inference.Rpc;

/// <summary>Reads and writes tensors whose elements are fields of their own type.</summary>
internal static class TensorContents
{
    /// <exception cref="InferenceException">The elements do not fill the shape, or one lies outside of the type.</exception>
    public static Tensor Read(string name, TensorType type, long[] shape, InferTensorContents contents)
    {
        if (type == TensorType.Fp16)
        {
            throw InferenceException.BadRequest($"input '{name}': FP16 has no typed contents; send raw_input_contents");
        }

        var (field, found) = FieldOf(type, contents);
        if (Tensor.CountOf(shape) is not { } count || count != found)
        {
            throw InferenceException.BadRequest(
                $"input '{name}': {field} has {found} elements, which do not fill shape [{string.Join(", ", shape)}]"
            );
        }

        try
        {
            return type == TensorType.Bytes
                ? Tensor.OfTexts(name, shape, [.. contents.BytesContents.Select(static text => text.ToByteArray())])
                : Tensor.OfRaw(name, type, shape, Pack(type, contents));
        }
        catch (OverflowException outside)
        {
            throw InferenceException.BadRequest($"input '{name}': an element of {field} is not a {type.NameOf()}", outside);
        }
    }

    /// <summary>Writes the elements of a tensor that is not FP16.</summary>
    public static InferTensorContents Write(Tensor tensor)
    {
        var contents = new InferTensorContents();
        switch (tensor.Type)
        {
            case TensorType.Bool:
                Unpack<byte, bool>(tensor, contents.BoolContents, static value => value != 0);
                break;
            case TensorType.Int8:
                Unpack<sbyte, int>(tensor, contents.IntContents, static value => value);
                break;
            case TensorType.Int16:
                Unpack<short, int>(tensor, contents.IntContents, static value => value);
                break;
            case TensorType.UInt8:
                Unpack<byte, uint>(tensor, contents.UintContents, static value => value);
                break;
            case TensorType.UInt16:
                Unpack<ushort, uint>(tensor, contents.UintContents, static value => value);
                break;
            case TensorType.Bytes:
                contents.BytesContents.AddRange(tensor.Texts.Select(static text => UnsafeByteOperations.UnsafeWrap(text)));
                break;
            default:
                WriteWide(tensor, contents);
                break;
        }

        return contents;
    }

    // Types that have a field of their own width.
    private static void WriteWide(Tensor tensor, InferTensorContents contents)
    {
        switch (tensor.Type)
        {
            case TensorType.Fp32:
                Unpack<float, float>(tensor, contents.Fp32Contents, static value => value);
                break;
            case TensorType.Fp64:
                Unpack<double, double>(tensor, contents.Fp64Contents, static value => value);
                break;
            case TensorType.Int32:
                Unpack<int, int>(tensor, contents.IntContents, static value => value);
                break;
            case TensorType.Int64:
                Unpack<long, long>(tensor, contents.Int64Contents, static value => value);
                break;
            case TensorType.UInt32:
                Unpack<uint, uint>(tensor, contents.UintContents, static value => value);
                break;
            case TensorType.UInt64:
                Unpack<ulong, ulong>(tensor, contents.Uint64Contents, static value => value);
                break;
            default:
                throw new NotSupportedException($"{tensor.Type} has no typed contents");
        }
    }

    private static (string Field, int Count) FieldOf(TensorType type, InferTensorContents contents) =>
        type switch
        {
            TensorType.Bool => ("bool_contents", contents.BoolContents.Count),
            TensorType.Int8 or TensorType.Int16 or TensorType.Int32 => ("int_contents", contents.IntContents.Count),
            TensorType.Int64 => ("int64_contents", contents.Int64Contents.Count),
            TensorType.UInt8 or TensorType.UInt16 or TensorType.UInt32 => ("uint_contents", contents.UintContents.Count),
            TensorType.UInt64 => ("uint64_contents", contents.Uint64Contents.Count),
            TensorType.Fp32 => ("fp32_contents", contents.Fp32Contents.Count),
            TensorType.Fp64 => ("fp64_contents", contents.Fp64Contents.Count),
            _ => ("bytes_contents", contents.BytesContents.Count),
        };

    private static byte[] Pack(TensorType type, InferTensorContents contents) =>
        type switch
        {
            TensorType.Bool => Pack(contents.BoolContents, static value => value ? (byte)1 : (byte)0),
            TensorType.Int8 => Pack(contents.IntContents, static value => checked((sbyte)value)),
            TensorType.Int16 => Pack(contents.IntContents, static value => checked((short)value)),
            TensorType.Int32 => Pack(contents.IntContents, static value => value),
            TensorType.Int64 => Pack(contents.Int64Contents, static value => value),
            TensorType.UInt8 => Pack(contents.UintContents, static value => checked((byte)value)),
            TensorType.UInt16 => Pack(contents.UintContents, static value => checked((ushort)value)),
            TensorType.UInt32 => Pack(contents.UintContents, static value => value),
            TensorType.UInt64 => Pack(contents.Uint64Contents, static value => value),
            TensorType.Fp32 => Pack(contents.Fp32Contents, static value => value),
            _ => Pack(contents.Fp64Contents, static value => value),
        };

    private static byte[] Pack<TField, TElement>(RepeatedField<TField> values, Func<TField, TElement> convert)
        where TElement : unmanaged
    {
        var raw = GC.AllocateUninitializedArray<byte>(values.Count * Unsafe.SizeOf<TElement>());
        var elements = MemoryMarshal.Cast<byte, TElement>(raw.AsSpan());
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = convert(values[i]);
        }

        return raw;
    }

    private static void Unpack<TElement, TField>(Tensor tensor, RepeatedField<TField> field, Func<TElement, TField> convert)
        where TElement : unmanaged
    {
        var elements = MemoryMarshal.Cast<byte, TElement>(tensor.Raw);
        field.Capacity = elements.Length;
        foreach (var element in elements)
        {
            field.Add(convert(element));
        }
    }
}
