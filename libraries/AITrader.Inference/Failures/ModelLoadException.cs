namespace AITrader.Inference.Failures;

/// <summary>A model that cannot be served; the message says why, for readiness and logs.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">What failed beneath.</param>
public sealed class ModelLoadException(string message, Exception? inner = null) : Exception(message, inner);
