using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>Folders for the engines that TensorRT builds: one for each model version and all that its engine depends on.</summary>
/// <remarks>An engine of other libraries or another GPU does not run, or runs wrong; the runtime's own names of its files do not tell
/// all of them apart. Engines that nothing would load again are deleted.</remarks>
internal sealed class EngineCache(IOptions<InferenceOptions> options)
{
    private const int KeyLength = 24;

    private readonly Lazy<string> _platform = new(() =>
        $"ort {OrtEnv.Instance().GetVersionString()} {AcceleratorVersions.Describe(options.Value.DeviceId)}"
    );

    /// <summary>Makes the folder for a model's engines and deletes those that it replaces; null where no folder is configured.</summary>
    /// <param name="modelFile">Path of the model, as <c>name/version/model.onnx</c>.</param>
    /// <param name="settings">What its engine is built for.</param>
    public string? FolderFor(string modelFile, AcceleratorSettings settings)
    {
        if (options.Value.EngineCache is not { Length: > 0 } root)
        {
            return null;
        }

        var key = KeyOf(modelFile, settings, _platform.Value);
        var version = Path.GetDirectoryName(Path.GetFullPath(modelFile))!;
        var parent = Path.Combine(root, Path.GetFileName(Path.GetDirectoryName(version)) ?? "model", Path.GetFileName(version));
        var folder = Path.Combine(parent, key);
        Directory.CreateDirectory(folder);
        foreach (var stale in Directory.EnumerateDirectories(parent).Where(candidate => Path.GetFileName(candidate) != key).ToArray())
        {
            Directory.Delete(stale, recursive: true);
        }

        return folder;
    }

    /// <summary>A key of the model's bytes, the libraries and the GPU, the precision and the profile.</summary>
    internal static string KeyOf(string modelFile, AcceleratorSettings settings, string platform)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(modelFile));
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"\n{platform}\n{settings.PrecisionText}\n{settings.Text(static p => p.Min)}\n{settings.Text(static p => p.Opt)}\n{settings.Text(static p => p.Max)}"
            )
        );
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..KeyLength];
    }
}
