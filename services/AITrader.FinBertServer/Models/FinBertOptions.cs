using System.ComponentModel.DataAnnotations;
using AITrader.Inference.Execution;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>The models, and how much is asked of them at once.</summary>
internal sealed class FinBertOptions
{
    public const string Section = "FinBert";

    /// <summary>The model repository. A relative path is searched from the program's folder upwards.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "models";

    /// <summary>The model's folder inside the repository.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]+$")]
    public string Model { get; set; } = "finbert-tone";

    /// <summary>The folder of the model that is served while that one is not installed.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]+$")]
    public string Fallback { get; set; } = "sentiment-small";

    /// <summary>How often the repository is looked over for changes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Texts of one request at most.</summary>
    [Range(1, 1024)]
    public int MaxTexts { get; set; } = 64;

    /// <summary>Windows of one text at most; what comes after them is not read, and the answer says so.</summary>
    [Range(1, 256)]
    public int MaxWindows { get; set; } = 16;

    /// <summary>Pieces of words that neighbouring windows have in common; at most a quarter of a window.</summary>
    [Range(0, 256)]
    public int WindowOverlap { get; set; } = 64;

    /// <summary>Processors that a run may take; 0 means all of them, 4 at most.</summary>
    [Range(0, 64)]
    public int Threads { get; set; }

    /// <summary>How long a request may wait for the one before it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    // One session: each has weights of its own, and those of a BERT are half a gigabyte.
    internal void ApplyTo(InferenceOptions inference)
    {
        inference.SessionsPerModel = 1;
        inference.IntraOpThreads = Threads > 0 ? Threads : Math.Clamp(Environment.ProcessorCount, 1, 4);
        inference.QueueTimeout = QueueTimeout;
    }
}

[OptionsValidator]
internal sealed partial class FinBertOptionsValidator : IValidateOptions<FinBertOptions>;
