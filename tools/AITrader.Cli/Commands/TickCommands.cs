using System.ComponentModel;
using System.Globalization;
using System.IO.Compression;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

internal class TickRangeSettings : JsonSettings
{
    [CommandOption("--symbol <SYMBOL>")]
    [Description("The symbol.")]
    public string? Symbol { get; set; }

    [CommandOption("--from <TIME>")]
    [Description("Required. ISO 8601, UTC where no offset is given; included.")]
    public string? From { get; set; }

    [CommandOption("--to <TIME>")]
    [Description("Required. Not included.")]
    public string? To { get; set; }

    [CommandOption("--run <RUN>")]
    [Description("A replay's run. Without it: what was recorded live, or else what the newest replay run stored.")]
    public string? Run { get; set; }

    /// <summary>The range as a query, with more that is asked for.</summary>
    public string QueryWith(params (string Name, string? Value)[] more) =>
        string.Join(
            '&',
            new[] { ("symbol", Symbol), ("from", From), ("to", To), ("run", Run) }
                .Concat(more)
                .Where(static pair => pair.Item2 is not null)
                .Select(static pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}")
        );

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();

    protected virtual string? Problem() =>
        this switch
        {
            { From: null } => "--from is missing, such as --from 2024-08-08T23:54:00Z",
            { To: null } => "--to is missing, such as --to 2024-08-09",
            _ when !UtcTimes.TryParse(From, out _) => $"--from: '{From}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            _ when !UtcTimes.TryParse(To, out _) => $"--to: '{To}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            _ => null,
        };
}

internal sealed class ExportSettings : TickRangeSettings
{
    [CommandOption("-o|--out <FILE>")]
    [Description("Required. The file; CSV that ends in .gz is compressed.")]
    public string? Out { get; set; }

    [CommandOption("--format <FORMAT>")]
    [Description("csv or parquet; by the file's name where it is left out.")]
    public string? Format { get; set; }

    public string ChosenFormat => Format ?? (Out!.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "parquet" : "csv");

    protected override string? Problem() =>
        base.Problem()
        ?? this switch
        {
            { Symbol: null } => "--symbol is missing",
            { Out: null } => "--out is missing",
            { Format: not (null or "csv" or "parquet") } => $"--format is csv or parquet, not '{Format}'",
            _ when !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Out!))) =>
                $"--out: there is no folder {System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Out!))}",
            _ => null,
        };
}

internal sealed class GapsSettings : TickRangeSettings
{
    [CommandOption("--threshold <SECONDS>")]
    [Description("Pauses longer than this count.")]
    [DefaultValue(60.0)]
    public double Threshold { get; set; }

    protected override string? Problem() =>
        base.Problem() ?? (Threshold is > 0 and <= 86_400 ? null : "--threshold is a number of seconds above 0, up to a day");
}

/// <summary>Writes stored ticks to a file.</summary>
internal sealed class ExportCommand(GatewayConnector gateway, WorkBar bar, IAnsiConsole console) : AsyncCommand<ExportSettings>
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
        IWork work,
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

    private static async Task<long> CopyAsync(Stream source, FileStream target, IWork work, CancellationToken cancellationToken)
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

/// <summary>Looks for holes in stored ticks.</summary>
internal sealed class GapsCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<GapsSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, GapsSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var threshold = settings.Threshold.ToString(CultureInfo.InvariantCulture);
        var gaps = await client.GetAsync($"/api/v1/ticks/gaps?{settings.QueryWith(("threshold", threshold))}", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(gaps);
        }
        else
        {
            console.SayAll(GapsView.Lines(gaps));
        }

        return ExitCodes.Done;
    }
}
