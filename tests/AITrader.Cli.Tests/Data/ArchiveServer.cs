using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Cli.Tests.Data;

/// <summary>A server of files that behaves as Binance's archive does: zips with their checksums beside, 404 for what it has not; and, where
/// it is told so, fails.</summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, byte[], Task>>> _faults = new(StringComparer.Ordinal);

    private ArchiveServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Paths that were asked for, in their order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<ArchiveServer> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ArchiveServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync(ct);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Publishes a file of klines, with its checksum.</summary>
    public void Publish(string path, string csv)
    {
        var zip = Zip(Path.ChangeExtension(Path.GetFileName(path), "csv"), csv);
        _files[path] = zip;
        PublishChecksum(path, Convert.ToHexStringLower(SHA256.HashData(zip)));
    }

    public void PublishChecksum(string path, string digest) =>
        _files[$"{path}.CHECKSUM"] = Encoding.ASCII.GetBytes($"{digest}  {Path.GetFileName(path)}\n");

    /// <summary>Fails the next request of a path.</summary>
    public void Fail(string path, Func<HttpContext, byte[], Task> fault) => _faults.GetOrAdd(path, static _ => []).Enqueue(fault);

    /// <summary>Answers with a status, and tells how long to wait.</summary>
    public static Func<HttpContext, byte[], Task> Status(int status, int? retryAfter = null) =>
        (context, _) =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            return Task.CompletedTask;
        };

    /// <summary>Sends half of a file, and cuts the connection.</summary>
    public static async Task CutAsync(HttpContext context, byte[] file)
    {
        context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file.AsMemory(0, file.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Minutes of klines as the archive has them.</summary>
    public static string Klines(DateTimeOffset from, int minutes, decimal open, bool isMicros = false, bool hasHeader = false)
    {
        var csv = new StringBuilder(
            hasHeader
                ? "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
                : string.Empty
        );
        for (var minute = 0; minute < minutes; minute++)
        {
            var start = from.AddMinutes(minute).ToUnixTimeMilliseconds();
            var (first, last) = isMicros ? (start * 1000, ((start + 60_000) * 1000) - 1) : (start, start + 59_999);
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{first},{open + minute:0.00000000},{open + minute + 2:0.00000000},{open + minute - 1:0.00000000},{open + minute + 1:0.00000000},12.50000000,{last},1000.5,42,6.1,500.2,0\n"
            );
        }

        return csv.ToString();
    }

    private static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry(name).Open())
        {
            entry.Write(Encoding.ASCII.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/');
        Asked.Enqueue(path);
        var file = _files.GetValueOrDefault(path);
        if (_faults.TryGetValue(path, out var faults) && faults.TryDequeue(out var fault))
        {
            await fault(context, file ?? []);
        }
        else if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else
        {
            context.Response.ContentLength = file.Length;
            await context.Response.Body.WriteAsync(file);
        }
    }
}
