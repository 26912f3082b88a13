using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>Joins tensors along the first dimension, and splits results again.</summary>
internal static class TensorBatch
{
    /// <summary>Whether two requests may run together: same types, same sizes beyond the first dimension.</summary>
    public static bool Matches(Tensor[] one, Tensor[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (!one[i].Shape.AsSpan(1).SequenceEqual(other[i].Shape.AsSpan(1)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Number of rows of a request; null where its inputs have different numbers of rows.</summary>
    public static long? RowsOf(Tensor[] inputs) => inputs.All(input => input.Shape[0] == inputs[0].Shape[0]) ? inputs[0].Shape[0] : null;

    public static Tensor[] Join(IReadOnlyList<Tensor[]> requests)
    {
        var joined = new Tensor[requests[0].Length];
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = Join([.. requests.Select(request => request[i])]);
        }

        return joined;
    }

    /// <summary>Returns the rows of one request from a joined result.</summary>
    public static Tensor[] Cut(Tensor[] joined, long start, long rows) => [.. joined.Select(tensor => Cut(tensor, start, rows))];

    private static Tensor Join(Tensor[] parts)
    {
        var shape = (long[])parts[0].Shape.Clone();
        shape[0] = parts.Sum(static part => part.Shape[0]);
        return parts[0].Type == TensorType.Bytes
            ? Tensor.OfTexts(parts[0].Name, shape, [.. parts.SelectMany(static part => part.Texts)])
            : Tensor.OfRaw(parts[0].Name, parts[0].Type, shape, Concatenate(parts));
    }

    private static byte[] Concatenate(Tensor[] parts)
    {
        var raw = GC.AllocateUninitializedArray<byte>(parts.Sum(static part => part.Raw.Length));
        var offset = 0;
        foreach (var part in parts)
        {
            part.Raw.CopyTo(raw, offset);
            offset += part.Raw.Length;
        }

        return raw;
    }

    private static Tensor Cut(Tensor tensor, long start, long rows)
    {
        var shape = (long[])tensor.Shape.Clone();
        shape[0] = rows;
        var row = Tensor.CountOf(shape.AsSpan(1))!.Value;
        var from = (int)(start * row);
        var count = (int)(rows * row);
        var size = tensor.Type.SizeOf();
        return tensor.Type == TensorType.Bytes
            ? Tensor.OfTexts(tensor.Name, shape, tensor.Texts[from..(from + count)])
            : Tensor.OfRaw(tensor.Name, tensor.Type, shape, tensor.Raw[(from * size)..((from + count) * size)]);
    }
}
