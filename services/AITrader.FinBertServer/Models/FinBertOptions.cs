using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Location of the model.</summary>
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
}

[OptionsValidator]
internal sealed partial class FinBertOptionsValidator : IValidateOptions<FinBertOptions>;
