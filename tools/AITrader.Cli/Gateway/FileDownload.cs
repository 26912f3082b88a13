using System.Globalization;
using System.IO.Compression;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Gateway;

/// <summary>Writes a file that the gateway sends; what breaks off leaves no half of it.</summary>
internal sealed class FileDownload(ProgressDisplay bar, IAnsiConsole console)
{
    private const string Packed = ".gz";

    /// <summary>Saves the file of an address; CSV comes compressed, and is unpacked where the file's name does not end in .gz.</summary>
    /// <exception cref="Refusal">The gateway refused, or the transfer broke off.</exception>
    public async Task SaveAsync(GatewayClient client, string address, string format, string file, CancellationToken cancellationToken)
    {
        using var answer = await client.OpenAsync(address, cancellationToken);
        var unpacks = format == "csv" && !file.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);
        var part = $"{file}.part";
        try
        {
            var bytes = await bar.RunAsync($"writing {file}", answer.Content.Headers.ContentLength ?? 0, work =>
                SaveAsync(answer, part, unpacks, work, cancellationToken)
            );
            File.Move(part, file, overwrite: true);
            console.Say(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes are in {file}"));
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or InvalidDataException)
        {
            throw new Refusal($"the export broke off: {broken.Message}");
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<long> SaveAsync(
        HttpResponseMessage answer,
        string path,
        bool unpacks,
        IProgressReport work,
        CancellationToken cancellationToken
    )
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var target = File.Create(path);
        if (!unpacks)
        {
            return await CopyAsync(body, target, work, cancellationToken);
        }

        await using var source = new GZipStream(body, CompressionMode.Decompress);
        return await CopyAsync(source, target, work, cancellationToken);
    }

    private static async Task<long> CopyAsync(Stream source, FileStream target, IProgressReport work, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        var written = 0L;
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            written += read;
            work.Report(written, string.Create(CultureInfo.InvariantCulture, $"{written / 1e6:0.0} MB"));
        }

        return written;
    }
}
