using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace AITrader.Settings.Tests;

/// <summary>Types and values of settings as the page shows them.</summary>
internal static class SettingText
{
    private static readonly (string Ending, string Unit)[] Units =
    [
        ("Bps", "basis points"),
        ("Days", "days"),
        ("Seconds", "seconds"),
        ("PerSecond", "per second"),
        ("PerMinute", "per minute"),
        ("Bars", "bars"),
        ("Notional", "quote currency"),
        ("Cash", "currency of the account"),
    ];

    /// <summary>Kind of value with its unit; null where it is no plain value.</summary>
    public static string? TypeOf(PropertyInfo property)
    {
        var unit = Units
            .Where(unit => property.Name.EndsWith(unit.Ending, StringComparison.Ordinal))
            .OrderByDescending(static unit => unit.Ending.Length)
            .Select(static unit => unit.Unit)
            .FirstOrDefault();
        return NameOf(property.PropertyType) is not { } name ? null
            : unit is null || name is "text" or "yes or no" or "time" ? name
            : $"{name}, {unit}";
    }

    public static string? NameOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var plain when plain == typeof(TimeSpan) => "time",
            var plain when plain == typeof(bool) => "yes or no",
            var plain when plain == typeof(int) || plain == typeof(long) => "whole number",
            var plain when plain == typeof(double) || plain == typeof(decimal) => "number",
            var plain when plain == typeof(string) => "text",
            var plain when plain == typeof(Uri) => "address",
            _ => null,
        };

    /// <summary>Whether configuration can set it: it has a setter, or is a list that can be added to.</summary>
    public static bool IsBound(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true }
        || (ItemOf(property.PropertyType) is { } item && property.PropertyType.IsAssignableTo(typeof(ICollection<>).MakeGenericType(item)));

    /// <summary>What a list holds; null of any other type.</summary>
    public static Type? ItemOf(Type type) =>
        type == typeof(string)
            ? null
            : type.GetInterfaces()
                .Append(type)
                .FirstOrDefault(static found => found.IsGenericType && found.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];

    public static string Show(object? value) =>
        value switch
        {
            null => "not set",
            string { Length: 0 } => "empty",
            string or Uri or char => $"`{value}`",
            bool isSet => isSet ? "`true`" : "`false`",
            TimeSpan time => $"`{Time(time)}`",
            IEnumerable list => list.Cast<object>().ToList() is { Count: > 0 } items ? string.Join(", ", items.Select(Show)) : "empty",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"{value.GetType()} cannot be shown."),
        };

    /// <summary>A value for a settings file.</summary>
    public static string? Json(object? value) =>
        value switch
        {
            null => "null",
            TimeSpan time => JsonSerializer.Serialize(Time(time)),
            Uri address => JsonSerializer.Serialize(address.OriginalString),
            IEnumerable list and not string => list.Cast<object>().Any() ? null : "[]", // what a file says would be added to a default that is not empty
            _ => JsonSerializer.Serialize(value),
        };

    /// <summary>As configuration takes it, without zeros that say nothing.</summary>
    public static string Time(TimeSpan time) =>
        time.ToString("c", CultureInfo.InvariantCulture) is var text && text.LastIndexOf('.') > text.LastIndexOf(':')
            ? text.TrimEnd('0')
            : text;
}
