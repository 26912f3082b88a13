using System.Globalization;
using System.Runtime.InteropServices;

namespace AITrader.Inference.Execution;

/// <summary>Versions of NVIDIA's libraries and of the GPU, asked of the libraries themselves.</summary>
internal static class AcceleratorVersions
{
    private const string Unknown = "none";

    // Attributes of cuDeviceGetAttribute.
    private const int ComputeMajor = 75;
    private const int ComputeMinor = 76;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Plain();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WithResult(out int result);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WithNumber(uint number);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WithAttribute(out int result, int attribute, int device);

    /// <summary>One line, e.g. <c>tensorrt 101300 cuda 13000 compute 9.0</c>; "none" for what is not there.</summary>
    public static string Describe(int device) => $"tensorrt {TensorRt()} cuda {Cuda()} compute {Compute(device)}";

    private static string TensorRt() => TryFind<Plain>("libnvinfer.so.10", "getInferLibVersion") is { } version ? Text(version()) : Unknown;

    private static string Cuda() =>
        TryFind<WithResult>("libcudart.so.13", "cudaRuntimeGetVersion") is { } ask && ask(out var version) == 0 ? Text(version) : Unknown;

    private static string Compute(int device) =>
        TryFind<WithNumber>("libcuda.so.1", "cuInit") is { } start
        && start(0) == 0
        && TryFind<WithAttribute>("libcuda.so.1", "cuDeviceGetAttribute") is { } ask
        && ask(out var major, ComputeMajor, device) == 0
        && ask(out var minor, ComputeMinor, device) == 0
            ? $"{Text(major)}.{Text(minor)}"
            : Unknown;

    // The library stays loaded: the runtime loads it anyway.
    private static T? TryFind<T>(string library, string function)
        where T : Delegate =>
        NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, function, out var address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
