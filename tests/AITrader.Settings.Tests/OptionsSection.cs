using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.Settings.Tests;

/// <summary>One setting.</summary>
/// <param name="Name">Its key below the section, with <c>:</c> between the parts; <c>{n}</c> is a place in a list.</param>
/// <param name="Type">Kind of value, and unit.</param>
/// <param name="Default">Value where nothing is set.</param>
/// <param name="Range">Values that are taken.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Json">The default as JSON; null where it cannot stand in a file as it is.</param>
internal sealed record Setting(string Name, string Type, string Default, string Range, string Summary, string? Json);

/// <summary>The settings of one options class.</summary>
internal sealed record OptionsSection(Type Type, string Section, string Summary, IReadOnlyList<Setting> Settings)
{
    /// <summary>The value that a class of the library has for one that options leave open.</summary>
    public object? Open(PropertyInfo property) => new SettingRange(Type, []).DefaultOf(property, Summaries.Create(Type));

    public static string? Of(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static | BindingFlags.NonPublic) is { IsLiteral: true } field
            ? (string?)field.GetRawConstantValue()
            : null;

    public static OptionsSection Read(Type type, IReadOnlyList<ServiceDescriptor> registrations)
    {
        var section = Of(type) ?? throw new InvalidOperationException($"{type} does not say of which section it is: const string Section.");
        var range = new SettingRange(type, Validators(type, registrations));
        return new OptionsSection(
            type,
            section,
            Summaries.Of(type),
            [.. Among(type, Summaries.Create(type), string.Empty, range), .. WithoutBinder(type)]
        );
    }

    private static IEnumerable<Setting> Among(Type type, object instance, string prefix, SettingRange range)
    {
        var properties = type.GetProperties()
            .Where(static property =>
                property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic && SettingText.IsBound(property)
            );
        foreach (var property in properties.OrderBy(static property => property.MetadataToken))
        {
            var (value, summary) = (range.DefaultOf(property, instance), Summaries.Of(property));
            if (SettingText.TypeOf(property) is { } plain)
            {
                yield return new(
                    prefix + property.Name,
                    plain,
                    SettingText.Show(value),
                    range.Of(property, prefix),
                    summary,
                    SettingText.Json(value)
                );
            }
            else if (SettingText.ItemOf(property.PropertyType) is { } item)
            {
                yield return new(
                    prefix + property.Name,
                    $"list of {(SettingText.NameOf(item) is { } name ? $"{name}s" : "entries")}",
                    SettingText.Show(value),
                    range.Of(property, prefix),
                    summary,
                    SettingText.Json(value)
                );
                foreach (
                    var entry in SettingText.NameOf(item) is null
                        ? Among(item, Summaries.Create(item), $"{prefix}{property.Name}:{{n}}:", range)
                        : []
                )
                {
                    if (type.GetProperty(entry.Name.Split(':')[^1]) is { } same && same.DeclaringType!.IsAssignableFrom(item))
                    {
                        continue; // a value of the section itself, told there
                    }

                    yield return entry with
                    {
                        Json = null,
                    };
                }
            }
        }
    }

    private static List<object> Validators(Type type, IReadOnlyList<ServiceDescriptor> registrations)
    {
        var wanted = typeof(IValidateOptions<>).MakeGenericType(type);
        return
        [
            .. registrations
                .Where(found =>
                    found.ServiceType == wanted
                    && found.ImplementationType is { } validator
                    && validator.Assembly == type.Assembly
                    && !validator.IsDefined(typeof(CompilerGeneratedAttribute))
                )
                .Select(static found => found.ImplementationType!)
                .Distinct()
                .Select(Summaries.Create),
        ];
    }

    // The keys of patterns have shapes that no binder knows; which there are is the catalogue's.
    private static IEnumerable<Setting> WithoutBinder(Type type) =>
        type.Name != "PatternOptions"
            ? []
            :
            [
                new(
                    "Enabled",
                    "list of texts, or one with commas",
                    "every pattern with a direction",
                    "names and wildcards; a leading `!` takes out",
                    "Which patterns run, such as `ema_cross`, `candlestick.*`: formulas.md, section 3.",
                    null
                ),
                new(
                    "Defaults:{pattern}:{parameter}",
                    "number",
                    "of the pattern",
                    "of the parameter",
                    "A parameter for all symbols: formulas.md, section 3.",
                    null
                ),
                new("Symbols:{symbol}:{pattern}:{parameter}", "number", "not set", "of the parameter", "A parameter for one symbol.", null),
            ];
}
