using System.Globalization;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Reading;
using AITrader.MarketData.Replay;

namespace AITrader.MarketData.Commands;

/// <summary>What the program does without becoming a service.</summary>
internal static class Command
{
    private const int Done = 0;
    private const int Refused = 2;

    /// <summary>Runs a command and gives its exit code; null where the arguments ask for the service.</summary>
    public static int? TryRun(string[] args, TextWriter output, TextWriter errors) =>
        args switch
        {
            ["validate", var path] => Validate(path, output, errors),
            ["check", var path] => Check(path, output, errors),
            ["generate-demo", var path] => GenerateDemo(path, output),
            ["validate" or "check" or "generate-demo", ..] => Usage(args[0], errors),
            _ => null,
        };

    /// <summary>Reads a file to its end: <c>N ticks, symbols, from, to</c>, or what is wrong with it.</summary>
    private static int Validate(string path, TextWriter output, TextWriter errors)
    {
        try
        {
            using var reader = MarketFile.OpenTicks(new DataSets(DataSets.DefaultFolder()).Resolve(path));
            var range = default((long First, long Last));
            while (reader.TryRead(out var tick))
            {
                range = (reader.Ticks == 1 ? tick.TimeMicros : range.First, tick.TimeMicros);
            }

            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{reader.Ticks} ticks, {string.Join(' ', reader.Symbols.Names)}, {Show(range.First)}, {Show(range.Last)}{(reader.Skipped.Rows > 0 ? $", skipped {reader.Skipped}" : string.Empty)}"
                )
            );
            return Done;
        }
        catch (MarketDataException problem)
        {
            errors.WriteLine(problem.Message);
            return Refused;
        }
    }

    /// <summary>Reads a file of any format, also one that cannot be replayed: what it holds, or what is wrong with it.</summary>
    private static int Check(string path, TextWriter output, TextWriter errors)
    {
        try
        {
            var found = FileCheck.Run(path);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Source}: {found.Count} {found.Items}, {string.Join(' ', found.Symbols)}, {Show(found.FirstMicros)}, {Show(found.LastMicros)}{(found.Skipped is { } skipped ? $", skipped {skipped}" : string.Empty)}"
                )
            );
            return Done;
        }
        catch (MarketDataException problem)
        {
            errors.WriteLine(problem.Message);
            return Refused;
        }
    }

    private static int GenerateDemo(string path, TextWriter output)
    {
        using var file = new StreamWriter(path);
        var rows = DemoMarket.Write(file);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows written to {path}"));
        return Done;
    }

    private static int Usage(string command, TextWriter errors)
    {
        errors.WriteLine($"usage: {command} PATH");
        return Refused;
    }

    private static string Show(long micros) =>
        EventTime.FromMicros(micros).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
