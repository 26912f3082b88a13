using AITrader.Inference.Execution;
using AITrader.Inference.Hosting;
using AITrader.Inference.Protocol;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.Extensions.Options;

namespace AITrader.OnnxRunner;

/// <summary>The CPU's inference service.</summary>
internal static class OnnxRunnerHostExtensions
{
    private const int DefaultPort = 8001;

    public static void AddOnnxRunner(this WebApplicationBuilder builder)
    {
        builder.ListenAsRunner("ONNX_RUNNER", DefaultPort).ListenForGrpc();
        builder.AddInferenceServer(ExecutionProvider.Cpu);
    }

    public static void MapOnnxRunner(this WebApplication app)
    {
        var calls = app.MapInferenceProtocol();
        if (app.Services.GetRequiredService<IOptions<InferenceOptions>>().Value.RequireToken)
        {
            calls.RequireServiceToken();
        }
    }
}
