using System.Text.Json;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Protocol;

/// <summary>Reads an inference request: JSON, followed by the tensors that were sent as binary data.</summary>
/// <remarks>
/// <code>{"id":"7","inputs":[{"name":"prices","shape":[1,3],"datatype":"FP32","data":[1.5,2,2.5]}],"outputs":[{"name":"forecast"}]}</code>
/// Members that the protocol does not name are passed over, as it asks.
/// </remarks>
internal ref struct InferRequestReader
{
    private readonly ReadOnlySpan<byte> _text;
    private ReadOnlySpan<byte> _binary;
    private Utf8JsonReader _json;

    private InferRequestReader(ReadOnlySpan<byte> body, int jsonLength)
    {
        _text = body[..jsonLength];
        _binary = body[jsonLength..];
        _json = new Utf8JsonReader(_text);
    }

    /// <param name="body">The whole request body.</param>
    /// <param name="jsonLength">Length of the JSON part; null where the whole body is JSON.</param>
    /// <exception cref="InferenceException">The body is not a valid request.</exception>
    public static InferRequest Read(ReadOnlySpan<byte> body, int? jsonLength)
    {
        if (jsonLength < 0 || jsonLength > body.Length)
        {
            throw InferenceException.BadRequest($"Inference-Header-Content-Length is {jsonLength}, the body has {body.Length} bytes");
        }

        try
        {
            return new InferRequestReader(body, jsonLength ?? body.Length).Read();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw InferenceException.BadRequest($"the body is not a valid inference request: {malformed.Message}", malformed);
        }
    }

    private InferRequest Read()
    {
        string? id = null;
        List<Tensor>? inputs = null;
        List<RequestedOutput> outputs = [];
        var parameters = default(ParameterReader);
        Expect(JsonTokenType.StartObject, "the body must be an object");
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "id":
                    id = _json.GetString();
                    break;
                case "inputs":
                    inputs = ReadInputs();
                    break;
                case "outputs":
                    outputs = ReadOutputs();
                    break;
                case "parameters":
                    parameters = ParameterReader.Read(ref _json);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        RequireEnd();
        return new InferRequest(
            id,
            inputs ?? throw InferenceException.BadRequest("'inputs' is missing"),
            outputs,
            parameters.BinaryOutput ?? false,
            CallTerms.Create(parameters.Symbol, parameters.Priority, parameters.TimeoutMicros)
        );
    }

    private void RequireEnd()
    {
        if (_json.Read() || !_binary.IsEmpty)
        {
            throw InferenceException.BadRequest("there is data behind the request");
        }
    }

    private List<Tensor> ReadInputs()
    {
        var inputs = new List<Tensor>();
        RequireArray("inputs");
        while (NextObject("inputs"))
        {
            inputs.Add(ReadInput());
        }

        return inputs;
    }

    private Tensor ReadInput()
    {
        var draft = default(Draft);
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "name":
                    draft.Name = _json.GetString();
                    break;
                case "datatype":
                    draft.Type = _json.GetString();
                    break;
                case "shape":
                    draft.Shape = ReadShape();
                    break;
                case "parameters":
                    draft.BinarySize = ParameterReader.Read(ref _json).BinarySize;
                    break;
                case "data":
                    // Parsed when type and shape are known: members may come in any order.
                    draft.DataStart = (int)_json.TokenStartIndex;
                    _json.Skip();
                    draft.DataEnd = (int)_json.BytesConsumed;
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        return Finish(draft);
    }

    private Tensor Finish(Draft draft)
    {
        var name = draft.Name ?? throw InferenceException.BadRequest("an input has no name");
        var shape = draft.Shape ?? throw InferenceException.BadRequest($"input '{name}' has no shape");
        if (!TensorTypes.TryParse(draft.Type, out var type))
        {
            throw InferenceException.BadRequest($"input '{name}': '{draft.Type}' is not a datatype");
        }

        if (draft.BinarySize is { } size)
        {
            return draft.DataEnd == 0
                ? BinaryTensors.Read(name, type, shape, Take(name, size))
                : throw InferenceException.BadRequest($"input '{name}' has both data and binary data");
        }

        return draft.DataEnd > 0
            ? ElementParser.Parse(name, type, shape, _text[draft.DataStart..draft.DataEnd])
            : throw InferenceException.BadRequest($"input '{name}' has no data");
    }

    private ReadOnlySpan<byte> Take(string name, long size)
    {
        if (size < 0 || size > _binary.Length)
        {
            throw InferenceException.BadRequest(
                $"input '{name}': binary_data_size is {size}, {_binary.Length} bytes are there behind the JSON, whose length {Exchange.JsonLengthHeader} says"
            );
        }

        var taken = _binary[..(int)size];
        _binary = _binary[(int)size..];
        return taken;
    }

    private List<RequestedOutput> ReadOutputs()
    {
        var outputs = new List<RequestedOutput>();
        RequireArray("outputs");
        while (NextObject("outputs"))
        {
            string? name = null;
            bool? isBinary = null;
            while (NextMember() is { } member)
            {
                switch (member)
                {
                    case "name":
                        name = _json.GetString();
                        break;
                    case "parameters":
                        isBinary = ParameterReader.Read(ref _json).Binary;
                        break;
                    default:
                        _json.Skip();
                        break;
                }
            }

            outputs.Add(new RequestedOutput(name ?? throw InferenceException.BadRequest("a requested output has no name"), isBinary));
        }

        return outputs;
    }

    private long[] ReadShape()
    {
        var shape = new List<long>();
        RequireArray("shape");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            shape.Add(_json.GetInt64());
        }

        return [.. shape];
    }

    // Returns the name of the next member and moves the reader to its value; null at the end of the object.
    private string? NextMember()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var name = _json.GetString()!;
        _json.Read();
        return name;
    }

    private bool NextObject(string member)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        Require(JsonTokenType.StartObject, $"'{member}' must hold objects");
        return true;
    }

    private void RequireArray(string member) => Require(JsonTokenType.StartArray, $"'{member}' must be an array");

    private void Expect(JsonTokenType type, string rule)
    {
        _json.Read();
        Require(type, rule);
    }

    private readonly void Require(JsonTokenType type, string rule)
    {
        if (_json.TokenType != type)
        {
            throw InferenceException.BadRequest(rule);
        }
    }

    private struct Draft
    {
        public string? Name;
        public string? Type;
        public long[]? Shape;
        public long? BinarySize;
        public int DataStart;
        public int DataEnd;
    }
}
