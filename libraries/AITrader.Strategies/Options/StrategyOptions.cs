using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace AITrader.Strategies.Options;

/// <summary>One option of a strategy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, such as <see cref="int"/>.</param>
/// <param name="Default">Value where nothing is set, as text.</param>
/// <param name="Range">Range of its values as text; empty where there is none.</param>
/// <param name="Description">What it does.</param>
public sealed record StrategyOption(string Name, Type Type, string Default, string Range, string Description);

/// <summary>A strategy whose options are no properties.</summary>
internal interface IOwnOptions
{
    /// <summary>The options.</summary>
    IReadOnlyList<StrategyOption> Options { get; }

    /// <summary>Sets one.</summary>
    /// <returns>What is wrong; null where it was set.</returns>
    string? TrySet(string name, string value);
}

/// <summary>Reads and sets a strategy's options by name.</summary>
public static class StrategyOptions
{
    /// <summary>The options of a strategy, in the order of their declaration; none where it has none.</summary>
    public static IReadOnlyList<StrategyOption> Of(Strategy strategy)
    {
        if (strategy is IOwnOptions own)
        {
            return own.Options;
        }

        if (strategy is not IHasOptions { Options: var options })
        {
            return [];
        }

        return
        [
            .. Properties(options)
                .Select(property => new StrategyOption(
                    property.Name,
                    property.PropertyType,
                    Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture) ?? string.Empty,
                    property.GetCustomAttribute<RangeAttribute>() is { } range
                        ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
                        : string.Empty,
                    property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? string.Empty
                )),
        ];
    }

    /// <summary>Sets an option.</summary>
    /// <returns>What is wrong, with what to do; null where it was set.</returns>
    public static string? TrySet(Strategy strategy, string name, string value)
    {
        if (strategy is IOwnOptions own)
        {
            return own.TrySet(name, value);
        }

        if (strategy is not IHasOptions { Options: var options })
        {
            return $"{strategy.GetType().Name} has no options, so {name} cannot be set";
        }

        var property = Array.Find(Properties(options), property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            return $"{strategy.GetType().Name} has no option '{name}'; it has {string.Join(", ", Properties(options).Select(static known => known.Name))}";
        }

        if (!TryConvert(property.PropertyType, value, out var converted))
        {
            return $"{property.Name}: '{value}' is no {property.PropertyType.Name}";
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(converted))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{property.Name}: {value} is not in {range.Minimum} to {range.Maximum}");
        }

        property.SetValue(options, converted);
        return null;
    }

    private static PropertyInfo[] Properties(object options) =>
        [
            .. options
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property => property is { CanRead: true, CanWrite: true }),
        ];

    private static bool TryConvert(Type type, string value, out object? converted)
    {
        converted = null;
        try
        {
            converted = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return converted is not null;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }
}
