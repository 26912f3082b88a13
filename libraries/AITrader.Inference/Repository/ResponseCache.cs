using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AITrader.Inference.Tensors;
using Microsoft.Extensions.Caching.Memory;

namespace AITrader.Inference.Repository;

/// <summary>Settings of a model's response cache.</summary>
internal sealed record ResponseCacheConfiguration
{
    /// <summary>Bytes that the outputs of one version may take together; 16 MiB.</summary>
    public long MaxBytes { get; set; } = 16 * 1024 * 1024;
}

/// <summary>The outputs of one version by the hash of its inputs. Safe from any thread.</summary>
/// <remarks>It belongs to a loaded version, so that another version, or the same one loaded anew, never answers from it. When it is full,
/// what was used longest ago goes.</remarks>
internal sealed class ResponseCache(ResponseCacheConfiguration configuration) : IDisposable
{
    // What an entry takes beside its tensors.
    private const int Overhead = 256;

    private readonly MemoryCache _outputs = new(new MemoryCacheOptions { SizeLimit = configuration.MaxBytes });

    /// <summary>A key of all that the outputs depend on: names, types, shapes and bytes of the inputs, in the order of the model.</summary>
    public static string KeyOf(Tensor[] inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var input in inputs)
        {
            hash.AppendData(MemoryMarshal.AsBytes(input.Name.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes([(long)input.Type, input.Shape.Length, .. input.Shape]));
            hash.AppendData(input.Raw);
            foreach (var text in input.Texts)
            {
                hash.AppendData(BitConverter.GetBytes(text.Length));
                hash.AppendData(text);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public bool TryGet(string key, [NotNullWhen(true)] out Tensor[]? outputs) =>
        _outputs.TryGetValue(key, out outputs) && outputs is not null;

    public void Add(string key, Tensor[] outputs) =>
        _outputs.Set(
            key,
            outputs,
            new MemoryCacheEntryOptions
            {
                Size = Overhead + outputs.Sum(static output => output.Raw.Length + output.Texts.Sum(static text => (long)text.Length)),
            }
        );

    public void Dispose() => _outputs.Dispose();
}
