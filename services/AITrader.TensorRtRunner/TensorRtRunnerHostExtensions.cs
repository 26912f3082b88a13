using AITrader.Inference.Execution;
using AITrader.Inference.Hosting;
using AITrader.Inference.Protocol;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.Extensions.Options;

namespace AITrader.TensorRtRunner;

/// <summary>The GPU's inference service: TensorRT, else CUDA, else (where allowed) the CPU.</summary>
internal static class TensorRtRunnerHostExtensions
{
    private const int DefaultPort = 8007;

    public static void AddTensorRtRunner(this WebApplicationBuilder builder)
    {
        builder.ListenAsRunner("TENSORRT_RUNNER", DefaultPort).ListenForGrpc();
        builder.AddInferenceServer(ExecutionProvider.TensorRT, ExecutionProvider.Cuda, ExecutionProvider.Cpu);
    }

    public static void MapTensorRtRunner(this WebApplication app)
    {
        var calls = app.MapInferenceProtocol();
        if (app.Services.GetRequiredService<IOptions<InferenceOptions>>().Value.RequireToken)
        {
            calls.RequireServiceToken();
        }
    }
}
