using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Prints plain lines, which are never wrapped, so that links and paths stay whole.</summary>
internal static class ConsoleExtensions
{
    public static void Say(this IAnsiConsole console, string line = "") => console.Profile.Out.Writer.WriteLine(line);

    /// <summary>Prints a line while progress is shown: on a terminal it goes above the progress bar.</summary>
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
}
