using System.Net;
using System.Text.Json;
using AITrader.Inference.Tests.Hosting;
using AITrader.Learning.Onnx;

namespace AITrader.Inference.Tests.Execution;

public sealed class BatchingTests : IDisposable
{
    private readonly ModelFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Requests_that_meet_run_together_and_get_their_own_rows()
    {
        _files.AddPersistence().Configure("persistence", """{"batching":{"max_size":16,"max_queue_delay_us":200000}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 16)
                .Select(i =>
                    runner.InferAsync(
                        "persistence",
                        $$"""{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","data":[0,{{i}}]}]}"""
                    )
                )
        );

        for (var i = 0; i < answers.Length; i++)
        {
            Assert.All(Data(answers[i]), value => Assert.Equal(i + 1, value));
            Assert.Equal(
                [1, 8],
                answers[i].GetProperty("outputs")[0].GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())
            );
        }

        Assert.Contains(answers, static answer => answer.GetProperty("parameters").GetProperty("batch").GetInt32() > 1);
        var statistics = runner.Models.Find("persistence", null).Statistics;
        Assert.True(statistics.Read().Executions < 16);
        var batches = statistics.ReadBatches();
        Assert.Equal(16, batches.Sum(static batch => batch.Size * batch.Executions));
        Assert.Equal(statistics.Read().ExecutionCount, batches.Sum(static batch => batch.Executions));
        Assert.All(batches, static batch => Assert.True(batch.Compute > TimeSpan.Zero));
    }

    [Fact]
    public async Task Requests_of_different_windows_are_kept_apart()
    {
        _files.AddPersistence().Configure("persistence", """{"batching":{"max_size":64,"max_queue_delay_us":50000}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 30)
                .Select(i =>
                {
                    var window = (i % 3) + 1;
                    var rows = (i % 2) + 1;
                    var data = string.Join(',', Enumerable.Repeat($"{i}", window * rows));
                    return runner.InferAsync(
                        "persistence",
                        $$"""{"inputs":[{"name":"prices","shape":[{{rows}},{{window}}],"datatype":"FP32","data":[{{data}}]}]}"""
                    );
                })
        );

        for (var i = 1; i <= answers.Length; i++)
        {
            Assert.Equal(Enumerable.Repeat((double)i, 8 * ((i % 2) + 1)), Data(answers[i - 1]));
        }
    }

    // triton-inference-server/dali_backend issue 287: one input that could not be read failed the batch that it was in.
    [Fact]
    public async Task Bad_request_does_not_cost_those_that_it_met()
    {
        _files.Add("look-up", 1, SampleModels.LookUp()).Configure("look-up", """{"batching":{"max_size":8,"max_queue_delay_us":200000}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    runner.PostAsync(
                        "/v2/models/look-up/infer",
                        $$"""{"inputs":[{"name":"place","shape":[1],"datatype":"INT64","data":[{{(i == 5 ? 99 : i % 3)}}]}]}"""
                    )
                )
        );

        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal(i == 5 ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answers[i].Status);
            if (i != 5)
            {
                Assert.Equal(10 * ((i % 3) + 1), Assert.Single(Data(answers[i].Body)));
            }
        }
    }

    // triton-inference-server/server issue 2136: after a small batch only the first rows of a large one were right.
    [Fact]
    public async Task Large_request_after_a_small_one_has_all_its_rows()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence());

        foreach (var rows in new[] { 10, 2, 10, 1, 7 })
        {
            var data = string.Join(',', Enumerable.Range(1, rows).Select(static row => $"0,{row}"));
            var answer = await runner.InferAsync(
                "persistence",
                $$"""{"inputs":[{"name":"prices","shape":[{{rows}},2],"datatype":"FP32","data":[{{data}}]}]}"""
            );
            Assert.Equal(Enumerable.Range(1, rows).SelectMany(static row => Enumerable.Repeat((double)row, 8)), Data(answer));
        }
    }

    [Fact]
    public async Task Request_larger_than_a_batch_is_refused()
    {
        _files.AddPersistence().Configure("persistence", """{"batching":{"max_size":2}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        var (status, body) = await runner.PostAsync(
            "/v2/models/persistence/infer",
            """{"inputs":[{"name":"prices","shape":[3,1],"datatype":"FP32","data":[1,2,3]}]}"""
        );

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("3 rows are more than the model's largest batch, 2", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Model_without_a_varying_first_dimension_cannot_be_batched()
    {
        var graph = new OnnxGraph("fixed");
        var x = graph.Input("x", OnnxElementType.Fp32, OnnxDimension.Of(1));
        graph.Output(graph.Node("Neg", [x], "y"), OnnxElementType.Fp32, OnnxDimension.Of(1));
        _files.Add("fixed", 1, graph.ToBytes()).Configure("fixed", """{"batching":{}}""");
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Equal("batching needs a varying first dimension; 'x' is [1]", runner.Models.FindEntry("fixed").Problem);
    }

    [Fact]
    public async Task Batching_model_is_let_go_when_it_is_unloaded()
    {
        _files.AddPersistence().Configure("persistence", """{"batching":{"max_size":4}}""");
        await using var runner = await RunnerHost.StartAsync(_files);
        await runner.InferAsync("persistence", """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]}]}""");

        var unload = runner.Models.UnloadAsync("persistence", TestContext.Current.CancellationToken);

        await unload.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<double> Data(JsonElement answer) =>
        answer.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(static value => value.GetDouble());
}
