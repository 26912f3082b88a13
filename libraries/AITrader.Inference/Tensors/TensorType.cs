using Microsoft.ML.OnnxRuntime.Tensors;

namespace AITrader.Inference.Tensors;

/// <summary>Element types of the Open Inference Protocol.</summary>
internal enum TensorType
{
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Fp16,
    Fp32,
    Fp64,
    Bytes,
}

/// <summary>Names and sizes of the element types, in the protocol and in the runtime.</summary>
internal static class TensorTypes
{
    private static readonly (TensorType Type, string Name, TensorElementType Element, int Size)[] Table =
    [
        (TensorType.Bool, "BOOL", TensorElementType.Bool, 1),
        (TensorType.Int8, "INT8", TensorElementType.Int8, 1),
        (TensorType.Int16, "INT16", TensorElementType.Int16, 2),
        (TensorType.Int32, "INT32", TensorElementType.Int32, 4),
        (TensorType.Int64, "INT64", TensorElementType.Int64, 8),
        (TensorType.UInt8, "UINT8", TensorElementType.UInt8, 1),
        (TensorType.UInt16, "UINT16", TensorElementType.UInt16, 2),
        (TensorType.UInt32, "UINT32", TensorElementType.UInt32, 4),
        (TensorType.UInt64, "UINT64", TensorElementType.UInt64, 8),
        (TensorType.Fp16, "FP16", TensorElementType.Float16, 2),
        (TensorType.Fp32, "FP32", TensorElementType.Float, 4),
        (TensorType.Fp64, "FP64", TensorElementType.Double, 8),
        (TensorType.Bytes, "BYTES", TensorElementType.String, 0),
    ];

    public static string NameOf(this TensorType type) => Table[(int)type].Name;

    /// <summary>Size of an element in bytes; zero for BYTES, whose elements differ in length.</summary>
    public static int SizeOf(this TensorType type) => Table[(int)type].Size;

    public static TensorElementType ElementOf(this TensorType type) => Table[(int)type].Element;

    public static bool TryParse(string? name, out TensorType type)
    {
        var index = Array.FindIndex(Table, row => row.Name == name);
        type = index < 0 ? default : Table[index].Type;
        return index >= 0;
    }

    /// <summary>False for types that the protocol does not support.</summary>
    public static bool TryMap(TensorElementType element, out TensorType type)
    {
        var index = Array.FindIndex(Table, row => row.Element == element);
        type = index < 0 ? default : Table[index].Type;
        return index >= 0;
    }
}
