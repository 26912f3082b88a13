using System.ComponentModel.DataAnnotations;
using AITrader.Signals.Catalogue;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Patterns;

/// <summary>Settings of the pattern engine; what is not set has the default of docs/formulas.md.</summary>
internal sealed class PatternOptions : SharedValues
{
    public const string Section = "Patterns";

    /// <summary>The keys below the section that the binder knows.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Common, nameof(MaxBatch), nameof(Overrides)];

    /// <summary>Ticks of one batch, and so of one transaction. Default 512. Signals do not depend on it.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 512;

    /// <summary>Values of single symbols: each with a <c>Symbol</c> and any of <c>EmaFast</c> to <c>PivotBars</c>.</summary>
    public IList<SymbolPatternValues> Overrides { get; } = [];

    /// <summary>What the keys below Enabled, Defaults and Symbols hold; they have shapes that no binder knows.</summary>
    public PatternTree Tree { get; set; } = PatternTree.Empty;

    /// <summary>Reads a section as the host does.</summary>
    public static PatternOptions From(IConfigurationSection section)
    {
        var options = section.Get<PatternOptions>() ?? new PatternOptions();
        options.Tree = PatternTree.Read(section);
        return options;
    }

    public PatternSettings ToSettings()
    {
        var defaults = Tree.Apply(Apply(PatternParameters.Default), symbol: null);
        var own = Overrides.ToDictionary(static own => own.Symbol, own => own.Apply(defaults), StringComparer.Ordinal);
        foreach (var symbol in Tree.Symbols)
        {
            own[symbol] = Tree.Apply(own.GetValueOrDefault(symbol, defaults), symbol);
        }

        return new PatternSettings(defaults, own);
    }
}

/// <summary>Values of one symbol.</summary>
internal sealed class SymbolPatternValues : SharedValues
{
    /// <summary>The keys below one of them.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Common, nameof(Symbol)];

    /// <summary>Symbol they are for.</summary>
    public string Symbol { get; set; } = string.Empty;
}

/// <summary>Periods and bars that all patterns share; null where configuration leaves them as they are.</summary>
internal class SharedValues
{
    /// <summary>The keys that can be set here.</summary>
    private protected static readonly string[] Common =
    [
        nameof(EmaFast),
        nameof(EmaSlow),
        nameof(RsiPeriod),
        nameof(AtrPeriod),
        nameof(Window),
        nameof(BarSeconds),
        nameof(PivotBars),
    ];

    /// <summary>Trades of the fast average.</summary>
    public int? EmaFast { get; set; }

    /// <summary>Trades of the slow average.</summary>
    public int? EmaSlow { get; set; }

    /// <summary>Changes that RSI averages.</summary>
    public int? RsiPeriod { get; set; }

    /// <summary>Changes that ATR averages.</summary>
    public int? AtrPeriod { get; set; }

    /// <summary>Trade prices that a signal carries.</summary>
    public int? Window { get; set; }

    /// <summary>Length of the bars that patterns of bars look at.</summary>
    public int? BarSeconds { get; set; }

    /// <summary>Bars on each side of a pivot.</summary>
    public int? PivotBars { get; set; }

    /// <summary>The given parameters with these values put over them.</summary>
    public PatternParameters Apply(PatternParameters given) =>
        given with
        {
            EmaFast = EmaFast ?? given.EmaFast,
            EmaSlow = EmaSlow ?? given.EmaSlow,
            RsiPeriod = RsiPeriod ?? given.RsiPeriod,
            AtrPeriod = AtrPeriod ?? given.AtrPeriod,
            Window = Window ?? given.Window,
            BarSeconds = BarSeconds ?? given.BarSeconds,
            PivotBars = PivotBars ?? given.PivotBars,
        };
}

/// <summary>Refuses values that make no sense, naming the setting.</summary>
internal sealed class PatternOptionsValidator : IValidateOptions<PatternOptions>
{
    public ValidateOptionsResult Validate(string? name, PatternOptions options)
    {
        if (options.Tree.FindUnknown() is { } unknown)
        {
            return ValidateOptionsResult.Fail($"{PatternOptions.Section}:{unknown}");
        }

        if (options.MaxBatch is < 1 or > 10_000)
        {
            return ValidateOptionsResult.Fail($"{PatternOptions.Section}:MaxBatch: {options.MaxBatch} is not in 1 to 10000");
        }

        var symbols = options.Overrides.Select(static own => own.Symbol).ToList();
        if (symbols.Exists(string.IsNullOrWhiteSpace) || symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count)
        {
            return ValidateOptionsResult.Fail($"{PatternOptions.Section}:Overrides: each needs a Symbol of its own");
        }

        if (options.Tree.FindProblem() is { } key)
        {
            return ValidateOptionsResult.Fail($"{PatternOptions.Section}:{key}");
        }

        var settings = options.ToSettings();
        var problem = Describe(settings.Defaults, "Defaults:", string.Empty)
            ?? settings
                .Overrides.Select(static own => Describe(own.Value, $"Symbols:{own.Key}:", $"Overrides of {own.Key}: "))
                .FirstOrDefault(static text => text is not null);
        return problem is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{PatternOptions.Section}:{problem}");
    }

    // A pattern's parameter is named as Defaults and Symbols do, anything else as before there were patterns by name.
    private static string? Describe(PatternParameters values, string patterns, string others) =>
        values.FindProblem() switch
        {
            null => null,
            var problem when problem == values.FindPatternProblem() => patterns + problem,
            var problem => others + problem,
        };
}
