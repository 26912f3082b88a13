using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AITrader.Settings.Tests;

/// <summary>Which values a setting takes: what its attributes say, else what its validators, asked for value after value, let
/// pass.</summary>
internal sealed partial class SettingRange(Type type, IReadOnlyList<object> validators)
{
    private const string Any = "any";
    private const string SeeText = "see the text";

    // Where options leave a value open, a class of the library has it.
    private readonly object? _open =
        type.Name == "PatternOptions"
            ? AssemblyLoadContext
                .GetLoadContext(type.Assembly)!
                .LoadFromAssemblyName(new AssemblyName("AITrader.Signals"))
                .GetType("AITrader.Signals.Catalogue.PatternParameters", throwOnError: true)!
                .GetField("Default")!
                .GetValue(null)
            : null;

    /// <summary>The value of a setting that is not given.</summary>
    public object? DefaultOf(PropertyInfo property, object instance) =>
        property.GetValue(instance) ?? _open?.GetType().GetProperty(property.Name)?.GetValue(_open);

    public string Of(PropertyInfo property, string prefix)
    {
        var parts = property.GetCustomAttributes<ValidationAttribute>().Select(Describe).ToList();
        if (parts.Count == 0 && prefix.Length == 0 && SettingText.TypeOf(property) is not null)
        {
            parts.Add(Asked(property));
        }

        return parts.Count == 0 ? Any : string.Join("; ", parts);
    }

    private static string Describe(ValidationAttribute attribute) =>
        attribute switch
        {
            RangeAttribute { Maximum: long.MaxValue } range => $"from {Bound(range, range.Minimum)}",
            RangeAttribute range => $"{Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}",
            RegularExpressionAttribute pattern when Words().Match(pattern.Pattern) is { Success: true } words => string.Join(
                ", ",
                words.Groups[1].Value.Split('|').Select(static word => $"`{word}`")
            ),
            RegularExpressionAttribute pattern => $"`{pattern.Pattern}`",
            MinLengthAttribute length => $"at least {length.Length} long",
            RequiredAttribute => "not empty",
            _ => attribute.GetType().Name == "ValidateEnumeratedItemsAttribute" ? "as below" : SeeText,
        };

    private static string Bound(RangeAttribute range, object value) =>
        range.OperandType == typeof(TimeSpan) ? SettingText.Show(TimeSpan.Parse((string)value, CultureInfo.InvariantCulture))
        : value is double number ? PlainText(number)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    // 0.00000001, not 1E-08: as a person writes it into a file.
    private static string PlainText(double number) =>
        Math.Abs(number) is 0 or (>= 1e-15 and <= 1e15)
            ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);

    private string Asked(PropertyInfo property)
    {
        var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (validators.Count == 0 || DefaultOf(property, Summaries.Create(type)) is not { } given || ToOrdinal(given) is not { } start)
        {
            return Any;
        }

        var (least, most) = Ends(plain);
        var (low, high) = (Edge(property, plain, start, least), Edge(property, plain, start, most));
        if (!Passes(property, plain, start - 1) && !Passes(property, plain, start + 1))
        {
            return SeeText; // a rule of another shape, such as powers of two
        }

        // The first value above zero is the rule "above zero", but for whole numbers.
        var from = low == 1 && plain != typeof(int) && plain != typeof(long) ? $"above {Show(plain, 0)}" : Show(plain, low);
        return (low == least, high == most) switch
        {
            (true, true) => Any,
            (false, true) => from.StartsWith("above", StringComparison.Ordinal) ? from : $"from {from}",
            (true, false) => $"up to {Show(plain, high)}",
            _ => from.StartsWith("above", StringComparison.Ordinal)
                ? $"{from}, up to {Show(plain, high)}"
                : $"{from} to {Show(plain, high)}",
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
        property.SetValue(options, Value(plain, ordinal));
        return !Failures(options).Except(Failures(Summaries.Create(type))).Any();
    }

    private IEnumerable<string> Failures(object options) =>
        validators
            .Select(validator => typeof(IValidateOptions<>).MakeGenericType(type).GetMethod("Validate")!.Invoke(validator, [null, options]))
            .Cast<ValidateOptionsResult>()
            .SelectMany(static result => result.Failures ?? []);

    // Doubles in the order of their bits, so that as many steps find their edges as those of whole numbers.
    private static long? ToOrdinal(object value) =>
        value switch
        {
            int number => number,
            long number => number,
            double number => BitConverter.DoubleToInt64Bits(number) is >= 0 and var bits
                ? bits
                : -(BitConverter.DoubleToInt64Bits(number) & long.MaxValue),
            TimeSpan time => time.Ticks,
            _ => null,
        };

    private static object Value(Type plain, long ordinal) =>
        plain == typeof(TimeSpan) ? TimeSpan.FromTicks(ordinal)
        : plain == typeof(double) ? BitConverter.Int64BitsToDouble(Math.Abs(ordinal)) * Math.Sign(ordinal)
        : Convert.ChangeType(ordinal, plain, CultureInfo.InvariantCulture);

    private static (long Least, long Most) Ends(Type plain) =>
        plain == typeof(int) ? (int.MinValue, int.MaxValue)
        : plain == typeof(double) ? (ToOrdinal(double.MinValue)!.Value, ToOrdinal(double.MaxValue)!.Value)
        : (long.MinValue, long.MaxValue);

    private static string Show(Type plain, long ordinal) => SettingText.Show(Value(plain, ordinal));

    [GeneratedRegex(@"^\^\(([\w|]+)\)\$$", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
