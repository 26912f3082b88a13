using AITrader.Benchmarks;
using AITrader.Formats.Reading;

IBenchmark[] all =
[
    new PatternsBenchmark(),
    new MarketsBenchmark(),
    new BooksBenchmark(),
    new BusBenchmark(),
    new TickStoreBenchmark(),
    new BacktestBenchmark(),
    new DecisionsBenchmark(),
    new RaceBenchmark(),
    new InferenceBenchmark(),
    new OrdersBenchmark(),
    new TrainingBenchmark(),
    new EndToEndBenchmark(),
];
var name = args.Length > 0 ? args[0] : "list";
if (name is "list" or "-h" or "--help")
{
    Console.WriteLine(
        "usage: AITrader.Benchmarks [NAME|all|list]   prints a table and goals, writes benchmarks/results/NAME.json below the current folder"
    );
    foreach (var benchmark in all)
    {
        Console.WriteLine($"{benchmark.Name, -12} {benchmark.Summary}");
    }

    return 0;
}

var chosen = all.Where(b => name == "all" || b.Name == name).ToList();
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync($"no benchmark '{name}'; there are: {string.Join(", ", all.Select(static b => b.Name))}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

var missing = 0;
foreach (var benchmark in chosen)
{
    Console.WriteLine($"{benchmark.Name}: {benchmark.Summary}");
    try
    {
        var report = await benchmark.RunAsync(new Progress<string>(static line => Console.Error.WriteLine($"  … {line}")), stop.Token);
        ResultFile.Print(report, Console.Out);
        var written = ResultFile.Write(benchmark.Name, report, TimeProvider.System.GetUtcNow());
        Console.WriteLine(
            written is null
                ? $"not written, as these controls are off: {string.Join("; ", report.Off.Select(static control => control.What))}"
                : $"written to {written}"
        );
    }
    catch (MarketDataException problem)
    {
        missing++;
        await Console.Error.WriteLineAsync(
            $"{benchmark.Name} needs the shared data; set AITRADER_TEST_DATA to its folder. {problem.Message}"
        );
    }
}

return missing == 0 ? 0 : 1;
