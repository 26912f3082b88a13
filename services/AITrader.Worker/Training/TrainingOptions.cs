using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>How models are trained, and where they are kept.</summary>
internal sealed class TrainingOptions
{
    public const string Section = "Training";

    /// <summary>Folder of the model repository, looked for from the program's folder upwards. Default models.</summary>
    [Required]
    public string Repository { get; set; } = "models";

    /// <summary>Folder for checkpoints, from which a training goes on after a crash. Default: below the one for temporary
    /// files.</summary>
    public string Checkpoints { get; set; } = string.Empty;

    /// <summary>Processors that a training takes. Default 1: the system trades meanwhile.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 1;

    /// <summary>Prices, or bars, that a training takes at most. Default 2000000: 32 MB.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxPrices { get; set; } = 2_000_000;

    /// <summary>How often the tables of models are brought up to what the repository has; a training does so at its end. Default
    /// 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RegistryEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a training writes down how far it is. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class TrainingOptionsValidator : IValidateOptions<TrainingOptions>;
