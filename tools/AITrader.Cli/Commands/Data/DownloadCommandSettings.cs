using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary>Settings of every download.</summary>
internal abstract class DownloadCommandSettings : DataSettings
{
    [CommandOption("--from <DAY>")]
    [Description("Required. First day, such as 2024-08-01.")]
    public string? From { get; set; }

    [CommandOption("--to <DAY>")]
    [Description("Required. First day that is no longer wanted.")]
    public string? To { get; set; }

    public DateOnly FirstDay => DayOf(From);

    public DateOnly EndDay => DayOf(To);

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();

    protected virtual string? Problem() =>
        this switch
        {
            { From: null } => "--from is missing, such as --from 2024-08-01",
            { To: null } => "--to is missing, such as --to 2024-09-01",
            _ when !UtcTimes.TryParse(From, out _) => $"--from: '{From}' is no day such as 2024-08-01",
            _ when !UtcTimes.TryParse(To, out _) => $"--to: '{To}' is no day such as 2024-09-01",
            _ when FirstDay >= EndDay => $"--to {To} is not after --from {From}; the day of --to is not included",
            _ => null,
        };

    protected static string? AddressProblem(string? address) =>
        address is null || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? null
            : $"--address: '{address}' is no address such as https://host";

    private static DateOnly DayOf(string? text) =>
        UtcTimes.TryParse(text!, out var time) ? DateOnly.FromDateTime(time.UtcDateTime) : default;
}
