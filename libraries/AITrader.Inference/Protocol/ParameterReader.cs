using System.Text.Json;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Protocol;

/// <summary>The parameters of a request, an input or an output that this server knows; others are passed over, as the protocol
/// asks.</summary>
internal struct ParameterReader
{
    public long? BinarySize;
    public bool? Binary;
    public bool? BinaryOutput;
    public string? Symbol;
    public long? Priority;
    public long? TimeoutMicros;

    /// <summary>Reads the object on which the reader stands.</summary>
    /// <exception cref="InferenceException">One of them is not supported.</exception>
    public static ParameterReader Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.BadRequest("'parameters' must be an object");
        }

        var parameters = default(ParameterReader);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString();
            json.Read();
            parameters.Take(name, ref json);
        }

        return parameters;
    }

    private void Take(string? name, ref Utf8JsonReader json)
    {
        switch (name)
        {
            case "binary_data_size":
                BinarySize = json.GetInt64();
                break;
            case "binary_data":
                Binary = json.GetBoolean();
                break;
            case "binary_data_output":
                BinaryOutput = json.GetBoolean();
                break;
            case "symbol":
                Symbol = json.GetString();
                break;
            case "priority":
                Priority = json.GetInt64();
                break;
            case "timeout":
                TimeoutMicros = json.GetInt64();
                break;
            case "shared_memory_region":
                throw InferenceException.Unsupported("shared memory is not supported");
            default:
                json.Skip();
                break;
        }
    }
}
