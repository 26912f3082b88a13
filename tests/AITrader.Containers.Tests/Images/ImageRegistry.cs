using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Containers.Tests.Images;

/// <summary>A registry with one image of one layer. The SDK takes the image that it builds on from registries only.</summary>
internal sealed class ImageRegistry : IAsyncDisposable
{
    private const string Name = "aitrader-tests/dotnet:10.0";
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly byte[] _manifest;
    private readonly WebApplication _server;

    private ImageRegistry(RootFolderLayer layer)
    {
        var configuration = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = "amd64",
                os = "linux",
                config = new { Env = new[] { "PATH=/usr/bin:/bin" } },
                rootfs = new { type = "layers", diff_ids = new[] { layer.DiffId } },
            }
        );
        _manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = ManifestType,
                config = Describe("application/vnd.docker.container.image.v1+json", configuration),
                layers = new[] { Describe("application/vnd.docker.image.rootfs.diff.tar.gzip", layer.Compressed) },
            }
        );
        _server = Serve();
    }

    /// <summary>The name that the SDK finds the image by.</summary>
    public string Image => $"{Host}/{Name}";

    /// <summary>Where it listens, without TLS.</summary>
    public string Host => new Uri(_server.Urls.Single()).Authority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<ImageRegistry> StartAsync(RootFolder image)
    {
        var registry = new ImageRegistry(await RootFolderLayer.MakeAsync(image));
        await registry._server.StartAsync(TestContext.Current.CancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private object Describe(string mediaType, byte[] blob)
    {
        var digest = RootFolderLayer.Digest(blob);
        _blobs[digest] = blob;
        return new
        {
            mediaType,
            size = blob.Length,
            digest,
        };
    }

    private WebApplication Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        server.MapMethods("/v2/", reads, static () => Results.Ok());
        server.MapMethods("/v2/aitrader-tests/dotnet/manifests/{reference}", reads, () => Results.Bytes(_manifest, ManifestType));
        server.MapMethods("/v2/aitrader-tests/dotnet/blobs/{digest}", reads, (string digest) =>
            _blobs.TryGetValue(digest, out var blob) ? Results.Bytes(blob, "application/octet-stream") : Results.NotFound()
        );
        return server;
    }
}

/// <summary>A root folder as the layer of an image: digest of the archive, and the archive compressed.</summary>
internal sealed record RootFolderLayer(string DiffId, byte[] Compressed)
{
    public static async Task<RootFolderLayer> MakeAsync(RootFolder folder)
    {
        using var tar = new MemoryStream();
        await folder.WriteAsync(tar);
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            tar.Position = 0;
            await tar.CopyToAsync(gzip, TestContext.Current.CancellationToken);
        }

        return new RootFolderLayer(Digest(tar.GetBuffer().AsSpan(0, (int)tar.Length)), compressed.ToArray());
    }

    public static string Digest(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
