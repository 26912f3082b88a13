using System.ComponentModel.DataAnnotations;
using AITrader.Signals.Bars;
using AITrader.Signals.Catalogue;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Classes;

/// <summary>The learned classifier that says of each signal which kind of pattern the bars before it end with.</summary>
internal sealed class ClassifierOptions : IValidatableObject
{
    public const string Section = "Classifier";

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    /// <summary>Where the model is served, such as http://onnx-runner. Default empty: signals carry no class.</summary>
    public string Runner { get; set; } = string.Empty;

    /// <summary>Name of the model. Default cnn-pattern.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]+$")]
    public string Model { get; set; } = "cnn-pattern";

    /// <summary>Bars that the model looks at. Default 64.</summary>
    [Range(8, BarTail.MaxBars)]
    public int Bars { get; set; } = 64;

    /// <summary>Length of those bars, in seconds. Default 1.</summary>
    [Range(1, 86_400)]
    public int BarSeconds { get; set; } = 1;

    /// <summary>Live: how long signals wait for their class at most. Default 25 ms.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Replays: how long they wait before they begin their batch anew. Default 10 s.</summary>
    public TimeSpan ReplayDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Live: how long the runner is not asked after it failed several times. Default 5 s.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(5);

    public bool IsOn => Runner.Length > 0;

    /// <summary>The parameters of patterns, with the bars that the model looks at.</summary>
    public PatternSettings ApplyTo(PatternSettings patterns) =>
        IsOn
            ? new PatternSettings(
                With(patterns.Defaults),
                patterns.Overrides.ToDictionary(static own => own.Key, own => With(own.Value), StringComparer.Ordinal)
            )
            : patterns;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !(Uri.TryCreate(Runner, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"Runner is an address such as http://onnx-runner, not '{Runner}'.", [nameof(Runner)]);
        }

        foreach (
            var (name, value, most) in new[]
            {
                (nameof(Deadline), Deadline, 10),
                (nameof(ReplayDeadline), ReplayDeadline, 60),
                (nameof(Rest), Rest, 600),
            }
        )
        {
            if (value < Least || value > TimeSpan.FromSeconds(most))
            {
                yield return new ValidationResult($"{name} is 00:00:00.001 to {TimeSpan.FromSeconds(most):c}, not {value:c}.", [name]);
            }
        }
    }

    private PatternParameters With(PatternParameters given) => given with { ClassBars = Bars, ClassBarSeconds = BarSeconds };
}

[OptionsValidator]
internal sealed partial class ClassifierOptionsValidator : IValidateOptions<ClassifierOptions>;
