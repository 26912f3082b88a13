using System.Buffers.Binary;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Tensors;

/// <summary>Reads and writes tensors in the protocol's binary extension: raw and little-endian; texts as a 32-bit length and
/// bytes.</summary>
internal static class BinaryTensors
{
    private const int LengthPrefix = sizeof(uint);

    /// <exception cref="InferenceException">The number of bytes does not match the shape.</exception>
    public static Tensor Read(string name, TensorType type, long[] shape, ReadOnlySpan<byte> data)
    {
        if (Tensor.CountOf(shape) is not { } count)
        {
            throw Mismatch(name, shape);
        }

        if (type == TensorType.Bytes)
        {
            return Tensor.OfTexts(name, shape, ReadTexts(name, shape, count, data));
        }

        return count * type.SizeOf() == data.Length ? Tensor.OfRaw(name, type, shape, data.ToArray()) : throw Mismatch(name, shape);
    }

    public static byte[] Write(Tensor tensor)
    {
        if (tensor.Type != TensorType.Bytes)
        {
            return tensor.Raw;
        }

        var data = new byte[tensor.Texts.Sum(static text => LengthPrefix + text.Length)];
        var rest = data.AsSpan();
        foreach (var text in tensor.Texts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)text.Length);
            text.CopyTo(rest[LengthPrefix..]);
            rest = rest[(LengthPrefix + text.Length)..];
        }

        return data;
    }

    private static byte[][] ReadTexts(string name, long[] shape, long count, ReadOnlySpan<byte> data)
    {
        if (count > data.Length / LengthPrefix)
        {
            throw Mismatch(name, shape);
        }

        var texts = new byte[count][];
        for (var i = 0; i < texts.Length; i++)
        {
            if (data.Length < LengthPrefix || BinaryPrimitives.ReadUInt32LittleEndian(data) > data.Length - LengthPrefix)
            {
                throw Mismatch(name, shape);
            }

            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
            texts[i] = data.Slice(LengthPrefix, length).ToArray();
            data = data[(LengthPrefix + length)..];
        }

        return data.IsEmpty ? texts : throw Mismatch(name, shape);
    }

    private static InferenceException Mismatch(string name, long[] shape) =>
        InferenceException.BadRequest($"input '{name}': binary data does not fill shape [{string.Join(", ", shape)}]");
}
