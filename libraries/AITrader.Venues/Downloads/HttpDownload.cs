using System.Net;
using System.Security.Cryptography;

namespace AITrader.Venues.Downloads;

/// <summary>Gets files of a server, each once: who calls tries again.</summary>
internal sealed class HttpDownload(HttpClient http, DownloadSettings settings, TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxTextBytes = 64 * 1024;

    // Longer than this no server is waited for because it says so.
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>A short text; null where the server has none.</summary>
    public async Task<string?> TextAsync(Uri address, CancellationToken ct)
    {
        using var text = new MemoryStream();
        return await CopyAsync(address, text, MaxTextBytes, ct) is null ? null : System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Writes a file.</summary>
    /// <returns>SHA-256 of its content; null where the server has none.</returns>
    public async Task<string?> FileAsync(Uri address, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        return await CopyAsync(address, file, long.MaxValue, ct);
    }

    private async Task<string?> CopyAsync(Uri address, Stream target, long limit, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(settings.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (!answer.IsSuccessStatusCode)
            {
                throw new RefusedDownloadException(answer.StatusCode, RetryAfter(answer), $"{address} answers {(int)answer.StatusCode}");
            }

            await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
            return await CopyAsync(body, target, limit, () => silence.CancelAfter(settings.Silence), either.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{address} sent nothing for {settings.Silence.TotalSeconds:0} s");
        }
    }

    private static async Task<string> CopyAsync(Stream body, Stream target, long limit, Action onRead, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (var written = 0L; await body.ReadAsync(buffer, ct) is > 0 and var read; written += read)
        {
            onRead();
            if (written + read > limit)
            {
                throw new InvalidDataException($"more than {limit} bytes where a short text was expected");
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var pause = answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date - time.GetUtcNow());
        return pause is { } asked && asked > TimeSpan.Zero ? (asked < MaxRetryAfter ? asked : MaxRetryAfter) : null;
    }
}
