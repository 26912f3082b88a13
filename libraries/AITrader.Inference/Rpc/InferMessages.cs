using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace AITrader.Inference.Rpc;

/// <summary>Reads inference requests and writes their answers.</summary>
internal static class InferMessages
{
    /// <exception cref="InferenceException">A tensor is not valid.</exception>
    public static IReadOnlyList<Tensor> ReadInputs(ModelInferRequest request)
    {
        var raw = request.RawInputContents;
        if (raw.Count > 0 && raw.Count != request.Inputs.Count)
        {
            throw InferenceException.BadRequest(
                $"raw_input_contents has {raw.Count} tensors, inputs has {request.Inputs.Count}: all are raw, or none is"
            );
        }

        return [.. request.Inputs.Select((input, index) => Read(input, raw.Count > 0 ? raw[index] : null))];
    }

    /// <exception cref="InferenceException">A parameter is not valid.</exception>
    public static CallTerms ReadTerms(ModelInferRequest request) =>
        CallTerms.Create(
            request.Parameters.TryGetValue("symbol", out var symbol) ? symbol.StringParam : null,
            Number(request, "priority"),
            Number(request, "timeout")
        );

    /// <summary>Writes the answer: raw where the request was, where it asks for that, and where an output has no other form.</summary>
    public static ModelInferResponse Write(ModelInferRequest request, ModelVersion version, CompletedRun done)
    {
        var outputs = Choose(request, version.Signature, done.Outputs);
        var response = new ModelInferResponse
        {
            ModelName = version.Identity.Name,
            ModelVersion = version.Identity.VersionText,
            Id = request.Id,
        };
        AddProvenance(response.Parameters, version, done);
        var isRaw =
            request.RawInputContents.Count > 0
            || request.Parameters.TryGetValue("binary_data_output", out var asked) && asked.BoolParam
            || Array.Exists(outputs, static output => output.Type == TensorType.Fp16);
        foreach (var output in outputs)
        {
            response.Outputs.Add(Describe(output, isRaw ? null : TensorContents.Write(output)));
            if (isRaw)
            {
                // The bytes belong to this answer alone and do not change any more.
                response.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(BinaryTensors.Write(output)));
            }
        }

        return response;
    }

    // Clients write a count as either of the two kinds of integer.
    private static long? Number(ModelInferRequest request, string name) =>
        !request.Parameters.TryGetValue(name, out var parameter)
            ? null
            : parameter.ParameterChoiceCase switch
            {
                InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param,
                InferParameter.ParameterChoiceOneofCase.Uint64Param when parameter.Uint64Param <= long.MaxValue => (long)
                    parameter.Uint64Param,
                _ => throw InferenceException.BadRequest($"parameter '{name}' is not an integer"),
            };

    private static Tensor Read(ModelInferRequest.Types.InferInputTensor input, ByteString? raw)
    {
        if (!TensorTypes.TryParse(input.Datatype, out var type))
        {
            throw InferenceException.BadRequest($"input '{input.Name}': '{input.Datatype}' is not a datatype");
        }

        if (input.Parameters.ContainsKey("shared_memory_region"))
        {
            throw InferenceException.Unsupported("shared memory is not supported");
        }

        long[] shape = [.. input.Shape];
        if (raw is null)
        {
            return TensorContents.Read(input.Name, type, shape, input.Contents ?? new InferTensorContents());
        }

        return input.Contents is null
            ? BinaryTensors.Read(input.Name, type, shape, raw.Span)
            : throw InferenceException.BadRequest($"input '{input.Name}' has both contents and raw contents");
    }

    private static Tensor[] Choose(ModelInferRequest request, ModelSignature signature, Tensor[] outputs) =>
        request.Outputs.Count == 0 ? outputs : [.. request.Outputs.Select(asked => outputs[signature.IndexOfOutput(asked.Name)])];

    private static ModelInferResponse.Types.InferOutputTensor Describe(Tensor output, InferTensorContents? contents) =>
        new()
        {
            Name = output.Name,
            Datatype = output.Type.NameOf(),
            Shape = { output.Shape },
            Contents = contents,
        };

    private static void AddProvenance(MapField<string, InferParameter> parameters, ModelVersion version, CompletedRun done)
    {
        parameters["provider"] = new InferParameter { StringParam = version.Provider };
        parameters["queue_us"] = Micros(done.Queue);
        parameters["input_us"] = Micros(done.CopyIn);
        parameters["compute_us"] = Micros(done.Compute);
        parameters["output_us"] = Micros(done.CopyOut);
        parameters["batch"] = new InferParameter { Int64Param = done.BatchSize };
        if (done.Members.Count > 0)
        {
            parameters["members"] = new InferParameter { StringParam = string.Join(", ", done.Members) };
        }

        if (done.Lookup == CacheLookup.Hit)
        {
            parameters["cached"] = new InferParameter { BoolParam = true };
        }
    }

    private static InferParameter Micros(TimeSpan time) => new() { Int64Param = (long)time.TotalMicroseconds };
}
