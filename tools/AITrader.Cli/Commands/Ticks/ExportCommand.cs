using System.Globalization;
using System.IO.Compression;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

/// <summary><c>export</c>: writes stored ticks to a file.</summary>
internal sealed class ExportCommand(GatewayConnector gateway, ProgressDisplay bar, IAnsiConsole console) : AsyncCommand<ExportSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ExportSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        using var answer = await client.OpenAsync(
            $"/api/v1/ticks/export?{settings.QueryWith(("format", settings.ChosenFormat))}",
            cancellationToken
        );
        var unpacks = settings.ChosenFormat == "csv" && !settings.Out!.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var part = $"{settings.Out}.part";
        try
        {
            var bytes = await bar.RunAsync($"writing {settings.Out}", answer.Content.Headers.ContentLength ?? 0, work =>
                SaveAsync(answer, part, unpacks, work, cancellationToken)
            );
            File.Move(part, settings.Out!, overwrite: true);
            console.Say(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes are in {settings.Out}"));
            return ExitCodes.Done;
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
