using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>Memory of a GPU whose addresses stay, for the inputs and outputs of a captured CUDA graph.</summary>
internal sealed class DeviceMemory : IDisposable
{
    private readonly OrtMemoryInfo _place;
    private readonly OrtAllocator _allocator;

    public DeviceMemory(InferenceSession session, int device)
    {
        _place = new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default);
        _allocator = new OrtAllocator(session, _place);
    }

    /// <summary>A tensor of the same type and sizes as one of the processor's memory.</summary>
    public OrtValue Like(OrtValue host)
    {
        var shape = host.GetTensorTypeAndShape();
        return OrtValue.CreateAllocatedTensorValue(_allocator, shape.ElementDataType, shape.Shape);
    }

    public static void Copy(OrtValue from, OrtValue to) => OrtEnv.Instance().CopyTensors([from], [to], null);

    public void Dispose()
    {
        _allocator.Dispose();
        _place.Dispose();
    }
}
