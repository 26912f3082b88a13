using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Settings;
using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Plain lines and JSON; lines are never wrapped, so that links and paths stay whole.</summary>
internal static class ConsoleExtensions
{
    public static void Say(this IAnsiConsole console, string line = "") => console.Profile.Out.Writer.WriteLine(line);

    /// <summary>A line while progress is shown: on a terminal it goes above what is drawn again.</summary>
    public static void SayAbove(this IAnsiConsole console, string line)
    {
        if (console.Profile.Capabilities.Interactive)
        {
            console.WriteLine(line);
        }
        else
        {
            console.Say(line);
        }
    }

    public static void SayAll(this IAnsiConsole console, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            console.Say(line);
        }
    }

    /// <summary>For programs: one JSON document.</summary>
    public static void SayJson(this IAnsiConsole console, SystemStatus status) =>
        console.Say(JsonSerializer.Serialize(status, CliJson.Default.SystemStatus));

    public static void SayJson(this IAnsiConsole console, IReadOnlyList<Finding> findings) =>
        console.Say(JsonSerializer.Serialize(findings, CliJson.Default.IReadOnlyListFinding));

    public static void SayJson(this IAnsiConsole console, IReadOnlyList<EffectiveSetting> settings) =>
        console.Say(JsonSerializer.Serialize(settings, CliJson.Default.IReadOnlyListEffectiveSetting));

    public static void SayJson(this IAnsiConsole console, JsonElement element) =>
        console.Say(JsonSerializer.Serialize(element, CliJson.Default.JsonElement));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<EffectiveSetting>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
