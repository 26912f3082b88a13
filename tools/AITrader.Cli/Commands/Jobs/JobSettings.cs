using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Jobs;

internal sealed class JobListSettings : JsonSettings
{
    private static readonly string[] States = ["queued", "running", "completed", "failed", "cancelled"];

    [CommandOption("--type <type>")]
    [Description("Only jobs of this type, such as training.")]
    public string? Type { get; set; }

    [CommandOption("--status <status>")]
    [Description("Only queued, running, completed, failed or cancelled.")]
    public string? Status { get; set; }

    [CommandOption("-n <number>")]
    [Description("How many, newest first. Default 20.")]
    public int Count { get; set; } = 20;

    public override ValidationResult Validate() =>
        Status is null || States.Contains(Status)
            ? ValidationResult.Success()
            : ValidationResult.Error($"a status is {string.Join(", ", States)}; not '{Status}'");
}

internal sealed class JobSettings : JsonSettings
{
    [CommandArgument(0, "<job>")]
    [Description("Id of the job, as `jobs` lists it.")]
    public Guid Job { get; set; }

    /// <summary>Where the gateway has it.</summary>
    public string Path => $"/api/v1/jobs/{Job:D}";
}
