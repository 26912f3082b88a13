namespace AITrader.Inference.Execution;

/// <summary>Hardware or library that executes a model, fastest first.</summary>
public enum ExecutionProvider
{
    /// <summary>NVIDIA TensorRT.</summary>
    TensorRT,

    /// <summary>NVIDIA CUDA.</summary>
    Cuda,

    /// <summary>The processor.</summary>
    Cpu,
}

internal static class ExecutionProviders
{
    /// <summary>The name that provenance, metrics and readiness use.</summary>
    public static string NameOf(this ExecutionProvider provider) =>
        provider switch
        {
            ExecutionProvider.TensorRT => "TensorRT",
            ExecutionProvider.Cuda => "CUDA",
            _ => "CPU",
        };
}
