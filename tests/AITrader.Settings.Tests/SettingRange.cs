using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AITrader.Settings.Tests;

/// <summary>Which values a setting takes: what its attributes say, else what its validators, asked for value after value, let pass.</summary>
internal sealed partial class SettingRange(Type type, IReadOnlyList<object> validators)
{
    private const string Any = "any";
    private const string SeeText = "see the text";

    public string Of(PropertyInfo property, string prefix)
    {
        var parts = property.GetCustomAttributes<ValidationAttribute>().Select(Describe).ToList();
        if (parts.Count == 0 && prefix.Length == 0 && SettingText.TypeOf(property) is not null)
        {
            parts.Add(Asked(property));
        }

        return parts.Count == 0 ? Any : string.Join("; ", parts);
    }

    private static string Describe(ValidationAttribute attribute) => attribute switch
    {
        RangeAttribute range => $"{Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}",
        RegularExpressionAttribute pattern when Words().Match(pattern.Pattern) is { Success: true } words => string.Join(", ", words.Groups[1].Value.Split('|').Select(static word => $"`{word}`")),
        RegularExpressionAttribute pattern => $"`{pattern.Pattern}`",
        MinLengthAttribute length => $"at least {length.Length} long",
        RequiredAttribute => "not empty",
        _ => attribute.GetType().Name == "ValidateEnumeratedItemsAttribute" ? "as below" : SeeText,
    };

    private static string Bound(RangeAttribute range, object value) =>
        range.OperandType == typeof(TimeSpan) ? SettingText.Show(TimeSpan.Parse((string)value, CultureInfo.InvariantCulture))
        : Convert.ToDouble(value, CultureInfo.InvariantCulture) is >= int.MaxValue and var large && large >= long.MaxValue ? "any"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private string Asked(PropertyInfo property)
    {
        var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (validators.Count == 0 || property.GetValue(Summaries.Create(type)) is not { } given || ToOrdinal(given) is not { } start)
        {
            return Any;
        }

        var (least, most) = plain == typeof(int) ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        var (low, high) = (Edge(property, plain, start, least), Edge(property, plain, start, most));
        return (low == least, high == most) switch
        {
            _ when low == high => SeeText, // a rule of another shape, such as powers of two
            (true, true) => Any,
            (false, true) => plain == typeof(TimeSpan) && low == 1 ? $"above {SettingText.Show(TimeSpan.Zero)}" : $"from {Show(plain, low)}",
            (true, false) => $"up to {Show(plain, high)}",
            _ => plain == typeof(TimeSpan) && low == 1 ? $"above {SettingText.Show(TimeSpan.Zero)}, up to {Show(plain, high)}" : $"{Show(plain, low)} to {Show(plain, high)}",
        };
    }

    /// <summary>The last value towards an end that is let pass, where all between it and the default are.</summary>
    private long Edge(PropertyInfo property, Type plain, long good, long end)
    {
        if (Passes(property, plain, end))
        {
            return end;
        }

        var bad = end;
        while (Int128.Abs((Int128)bad - good) > 1)
        {
            var middle = (long)(((Int128)good + bad) / 2);
            (good, bad) = Passes(property, plain, middle) ? (middle, bad) : (good, middle);
        }

        return good;
    }

    private bool Passes(PropertyInfo property, Type plain, long ordinal)
    {
        var options = Summaries.Create(type);
        property.SetValue(options, plain == typeof(TimeSpan) ? TimeSpan.FromTicks(ordinal) : Convert.ChangeType(ordinal, plain, CultureInfo.InvariantCulture));
        return !Failures(options).Except(Failures(Summaries.Create(type))).Any();
    }

    private IEnumerable<string> Failures(object options) => validators
        .Select(validator => typeof(IValidateOptions<>).MakeGenericType(type).GetMethod("Validate")!.Invoke(validator, [null, options]))
        .Cast<ValidateOptionsResult>()
        .SelectMany(static result => result.Failures ?? []);

    private static long? ToOrdinal(object value) => value switch
    {
        int number => number,
        long number => number,
        TimeSpan time => time.Ticks,
        _ => null,
    };

    private static string Show(Type plain, long ordinal) => plain == typeof(TimeSpan) ? SettingText.Show(TimeSpan.FromTicks(ordinal)) : ordinal.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\^\(([\w|]+)\)\$$", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
