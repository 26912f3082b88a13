using AITrader.Inference.Tensors;

namespace AITrader.Inference.Protocol;

/// <summary>An inference request as it came in.</summary>
/// <param name="Id">The caller's id, given back.</param>
/// <param name="Inputs">Its tensors.</param>
/// <param name="Outputs">The outputs it asks for; empty means all of them.</param>
/// <param name="IsBinaryDefault">Whether outputs come as binary data unless they say otherwise.</param>
internal sealed record InferRequest(string? Id, IReadOnlyList<Tensor> Inputs, IReadOnlyList<RequestedOutput> Outputs, bool IsBinaryDefault);

/// <summary>An output that a request asks for.</summary>
internal sealed record RequestedOutput(string Name, bool? IsBinary);
