using System.Text.Json;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Views;

public sealed class ServingAndJobViewTests
{
    [Fact]
    public void Each_version_of_each_runner_is_a_row_and_a_runner_that_is_away_is_named()
    {
        var text = Text(
            ServingView.Table(
                Json(
                    """
                    {"runners":[
                      {"runner":"onnx-runner","is_reachable":true,"labels":{"canary":1,"stable":2},"traffic":{"canary":10,"stable":90},"versions":[
                        {"version":1,"inferences":0,"failures":0,"mean_milliseconds":null,
                         "outcomes":{"count":0,"mean_absolute_error":null,"mean_absolute_percentage_error":null,"moves":0,"direction_hits":null}},
                        {"version":2,"inferences":12,"failures":1,"mean_milliseconds":1.234,
                         "outcomes":{"count":5,"mean_absolute_error":0.5,"mean_absolute_percentage_error":0.0123,"moves":4,"direction_hits":0.75}}]},
                      {"runner":"tensorrt-runner","is_reachable":false,"labels":{},"traffic":{},"versions":[]}]}
                    """
                )
            )
        );

        Assert.Contains("onnx-runner 1 canary 10 % 0 0 - 0 - -", text, StringComparison.Ordinal);
        Assert.Contains("onnx-runner 2 stable 90 % 12 1 1.23 5 0.0123 75.0 %", text, StringComparison.Ordinal);
        Assert.Contains("tensorrt-runner does not answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_is_a_row_and_its_lines_say_how_far_it_is()
    {
        var job = Json(
            """
            {"id":"01990b6e-0000-7000-8000-000000000000","type":"training","status":"running","result":{"step":200,"best":0.5},"error":null,
             "attempts":1,"created_at":"2024-08-08T12:00:00Z","started_at":"2024-08-08T12:00:01Z","finished_at":null,"cancel_asked_at":"2024-08-08T12:01:00Z"}
            """
        );

        Assert.Equal(
            [
                "01990b6e-0000-7000-8000-000000000000: training, running, asked to end, attempt 1",
                "    asked for 2024-08-08T12:00:00Z, began 2024-08-08T12:00:01Z, ended –",
                "    step: 200",
                "    best: 0.5",
            ],
            JobView.Lines(job)
        );
        var table = Text(JobView.Table(Json($$"""{"items":[{{job.GetRawText()}}],"next":null}""")));
        Assert.Contains("training running 1 2024-08-08T12:00:00Z – –", table, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Text(Table table)
    {
        using var console = new TestConsole();
        console.Profile.Width = 240;
        console.Write(table);
        return string.Join(' ', console.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }
}
