using System.Text.Json;
using AITrader.Formats.Reading;
using AITrader.Learning.Publishing;
using AITrader.Learning.Training;
using AITrader.Training;

if (args is not [var path] || path is "-h" or "--help")
{
    Console.WriteLine(
        "usage: AITrader.Training ORDER.json   trains a model and puts it into the model repository; `./aitrader train` writes the order"
    );
    return args.Length == 1 ? 0 : 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

try
{
    var order = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path), TrainingJson.Default.TrainingOrder)
        ?? throw new JsonException("it says null");
    var card = order.Task switch
    {
        ForecasterPublisher.Task => ForecasterRun.Run(order, Say, TimeProvider.System, stop.Token),
        PatternPublisher.Task => PatternRun.Run(order, Say, TimeProvider.System, stop.Token),
        SentimentPublisher.Task => await SentimentRun.RunAsync(order, Say, TimeProvider.System, stop.Token),
        _ => throw new JsonException(
            $"task is {ForecasterPublisher.Task}, {PatternPublisher.Task} or {SentimentPublisher.Task}, not '{order.Task}'"
        ),
    };
    Say(new TrainingLine("done", Card: Path.Combine(order.Repository, card.Model, $"{card.Version}", "card.json")));
    return 0;
}
catch (Exception problem)
    when (problem is JsonException or MarketDataException or ArgumentException or DivergedException or InvalidDataException or IOException)
{
    Say(new TrainingLine("failed", Error: problem.Message));
    return 1;
}
catch (OperationCanceledException)
{
    Say(
        new TrainingLine("failed", Error: "ended before it was done; the same command begins again, from its checkpoint where there is one")
    );
    return 130;
}

static void Say(TrainingLine line) => Console.WriteLine(JsonSerializer.Serialize(line, TrainingJson.Default.TrainingLine));
