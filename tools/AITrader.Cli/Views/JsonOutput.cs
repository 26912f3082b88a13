using System.Text.Json;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Settings;
using AITrader.Cli.Status;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints what a command found as one JSON document, for programs that call it.</summary>
internal static class JsonOutput
{
    public static void SayJson(this IAnsiConsole console, SystemStatus status) =>
        console.Say(JsonSerializer.Serialize(status, CliJson.Default.SystemStatus));

    public static void SayJson(this IAnsiConsole console, IReadOnlyList<Finding> findings) =>
        console.Say(JsonSerializer.Serialize(findings, CliJson.Default.IReadOnlyListFinding));

    public static void SayJson(this IAnsiConsole console, IReadOnlyList<EffectiveSetting> settings) =>
        console.Say(JsonSerializer.Serialize(settings, CliJson.Default.IReadOnlyListEffectiveSetting));

    public static void SayJson(this IAnsiConsole console, JsonElement element) =>
        console.Say(JsonSerializer.Serialize(element, CliJson.Default.JsonElement));
}
