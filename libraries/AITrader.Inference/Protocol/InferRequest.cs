using AITrader.Inference.Execution;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Protocol;

/// <summary>A parsed inference request.</summary>
/// <param name="Id">The id that the client sent; the answer repeats it.</param>
/// <param name="Inputs">The input tensors.</param>
/// <param name="Outputs">The requested outputs; empty means all outputs.</param>
/// <param name="IsBinaryDefault">Whether outputs are sent as binary data unless the request says otherwise for an output.</param>
/// <param name="Terms">How the request wants to be served.</param>
internal sealed record InferRequest(
    string? Id,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<RequestedOutput> Outputs,
    bool IsBinaryDefault,
    CallTerms Terms
);

/// <summary>An output that a request asks for.</summary>
internal sealed record RequestedOutput(string Name, bool? IsBinary);
