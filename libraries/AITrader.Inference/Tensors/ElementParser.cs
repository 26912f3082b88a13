using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Tensors;

/// <summary>Reads the elements of one JSON array, flat or nested row-major, into a tensor.</summary>
internal ref struct ElementParser
{
    private readonly string _name;
    private readonly TensorType _type;
    private readonly long[] _shape;
    private readonly byte[] _raw;
    private readonly byte[][] _texts;
    private readonly int _count;
    private Utf8JsonReader _json;
    private int _next;

    private ElementParser(string name, TensorType type, long[] shape, int count, Utf8JsonReader json)
    {
        _name = name;
        _type = type;
        _shape = shape;
        _count = count;
        _json = json;
        _raw = type == TensorType.Bytes ? [] : GC.AllocateUninitializedArray<byte>(count * type.SizeOf());
        _texts = type == TensorType.Bytes ? new byte[count][] : [];
    }

    /// <summary>Parses <paramref name="data"/>, which is one JSON array and nothing else.</summary>
    public static Tensor Parse(string name, TensorType type, long[] shape, ReadOnlySpan<byte> data)
    {
        var count = Tensor.CountOf(shape);

        // Each element has at least one byte, so a shape that is too large for the data is refused before memory is allocated.
        if (count is null || count > data.Length || count * Math.Max(type.SizeOf(), 1) > Array.MaxLength)
        {
            throw Mismatch(name, shape);
        }

        var parser = new ElementParser(name, type, shape, (int)count, new Utf8JsonReader(data));
        parser._json.Read();
        if (parser._json.TokenType != JsonTokenType.StartArray)
        {
            throw InferenceException.BadRequest($"input '{name}': data must be an array");
        }

        return parser.ReadAll();
    }

    private Tensor ReadAll()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            ReadNested(dimension: 0);
        }
        else
        {
            ReadFlat();
        }

        if (_next != _count)
        {
            throw Mismatch(_name, _shape);
        }

        return _type == TensorType.Bytes ? Tensor.OfTexts(_name, _shape, _texts) : Tensor.OfRaw(_name, _type, _shape, _raw);
    }

    private void ReadFlat()
    {
        for (; _json.TokenType != JsonTokenType.EndArray; _json.Read())
        {
            ReadElement();
        }
    }

    // The reader stands on the first token inside the array of this dimension.
    private void ReadNested(int dimension)
    {
        if (dimension >= _shape.Length)
        {
            throw Mismatch(_name, _shape);
        }

        var isLast = dimension == _shape.Length - 1;
        var size = 0L;
        for (; _json.TokenType != JsonTokenType.EndArray; _json.Read(), size++)
        {
            if (isLast)
            {
                ReadElement();
            }
            else if (_json.TokenType == JsonTokenType.StartArray)
            {
                _json.Read();
                ReadNested(dimension + 1);
            }
            else
            {
                throw Mismatch(_name, _shape);
            }
        }

        if (size != _shape[dimension])
        {
            throw Mismatch(_name, _shape);
        }
    }

    private void ReadElement()
    {
        if (_next >= _count)
        {
            throw Mismatch(_name, _shape);
        }

        if (!TryReadElement())
        {
            throw InferenceException.BadRequest($"input '{_name}': element {_next} is not a {_type.NameOf()}");
        }

        _next++;
    }

    private bool TryReadElement() =>
        _type switch
        {
            TensorType.Bool => TryReadBool(),
            TensorType.Bytes => TryReadText(),
            _ when _json.TokenType != JsonTokenType.Number => false,
            TensorType.Fp32 => _json.TryGetSingle(out var value) && float.IsFinite(value) && Store(value),
            TensorType.Fp64 => _json.TryGetDouble(out var value) && double.IsFinite(value) && Store(value),
            TensorType.Fp16 => _json.TryGetDouble(out var value) && Half.IsFinite((Half)value) && Store((Half)value),
            TensorType.Int8 => _json.TryGetSByte(out var value) && Store(value),
            TensorType.Int16 => _json.TryGetInt16(out var value) && Store(value),
            TensorType.Int32 => _json.TryGetInt32(out var value) && Store(value),
            TensorType.Int64 => _json.TryGetInt64(out var value) && Store(value),
            TensorType.UInt8 => _json.TryGetByte(out var value) && Store(value),
            TensorType.UInt16 => _json.TryGetUInt16(out var value) && Store(value),
            TensorType.UInt32 => _json.TryGetUInt32(out var value) && Store(value),
            TensorType.UInt64 => _json.TryGetUInt64(out var value) && Store(value),
            _ => false,
        };

    private bool TryReadBool()
    {
        if (_json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            return false;
        }

        _raw[_next] = _json.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
        return true;
    }

    private bool TryReadText()
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return false;
        }

        _texts[_next] = Encoding.UTF8.GetBytes(_json.GetString()!);
        return true;
    }

    // Little-endian by the protocol, and so is every machine that .NET 10 runs on (s390x is not supported).
    private readonly bool Store<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_raw.AsSpan(_next * Unsafe.SizeOf<T>()), value);
        return true;
    }

    private static InferenceException Mismatch(string name, long[] shape) =>
        InferenceException.BadRequest($"input '{name}': data does not fill shape [{string.Join(", ", shape)}]");
}
