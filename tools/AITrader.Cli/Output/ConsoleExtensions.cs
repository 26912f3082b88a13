using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Cli.Hosting;
using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Plain lines and JSON; lines are never wrapped, so that links and paths stay whole.</summary>
internal static class ConsoleExtensions
{
    public static void Say(this IAnsiConsole console, string line = "") => console.Profile.Out.Writer.WriteLine(line);

    /// <summary>For programs: one JSON document.</summary>
    public static void SayJson(this IAnsiConsole console, SystemStatus status) => console.Say(JsonSerializer.Serialize(status, CliJson.Default.SystemStatus));

    public static void SayJson(this IAnsiConsole console, JsonElement element) => console.Say(JsonSerializer.Serialize(element, CliJson.Default.JsonElement));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
