using System.Collections.Concurrent;
using AITrader.Kill.Tests.Faults;
using AITrader.Kill.Tests.Stack;

namespace AITrader.Kill.Tests;

/// <summary>Whatever is killed or frozen, wherever: nothing is doubled, nothing is lost, no position is wrong and none beyond its limit, by
/// the mock exchange's own ledger.</summary>
[Collection(SuiteSettings.Alone)]
public sealed class KillSuiteTests(ITestOutputHelper output) : IDisposable
{
    private readonly SuiteSettings _settings = SuiteSettings.FromEnvironment();
    private readonly ConcurrentQueue<CaseResult> _results = [];
    private readonly SemaphoreSlim _keeping = new(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _keeping.Dispose();

    [Fact]
    public async Task Nothing_is_lost_doubled_or_wrong()
    {
        foreach (var before in _settings.ResultFile is { } file ? await SuiteReport.ReadAsync(file, _settings.Seed, Ct) : [])
        {
            _results.Enqueue(before);
        }

        var done = _results.Select(static result => result.Case).ToHashSet();
        var numbers = new ConcurrentQueue<int>(
            _settings.Only is { } only ? [only] : Enumerable.Range(1, _settings.Cases).Where(number => !done.Contains(number))
        );
        var stacks = Math.Min(_settings.Stacks, numbers.Count);
        await Task.WhenAll(Enumerable.Range(0, stacks).Select(stack => RunAsync(stack, numbers)));
        Assert.DoesNotContain(_results, static result => result.Findings.Count > 0);
    }

    // A stack on which something went wrong is of no use for the next case.
    private async Task RunAsync(int stack, ConcurrentQueue<int> numbers)
    {
        while (!numbers.IsEmpty)
        {
            await using var system = await KillStack.StartAsync();
            using var hand = new HandFlow(system, unchecked((_settings.Seed * 31) + stack));
            var runner = new CaseRunner(system, hand, Ct);
            while (numbers.TryDequeue(out var number))
            {
                var result = await TryAsync(runner, KillCase.Draw(_settings.Seed, number));
                await KeepAsync(result);
                if (result.Findings.Count > 0)
                {
                    output.WriteLine(system.Describe());
                    break;
                }
            }
        }
    }

    private async Task KeepAsync(CaseResult result)
    {
        await _keeping.WaitAsync(Ct);
        try
        {
            _results.Enqueue(result);
            output.WriteLine($"{_results.Count} of {_settings.Cases}, seed {_settings.Seed}, {result}");
            if (_settings.ResultFile is { } file)
            {
                await SuiteReport.Of(_settings.Seed, _results).WriteAsync(file, Ct);
            }
        }
        finally
        {
            _keeping.Release();
        }
    }

    private static async Task<CaseResult> TryAsync(CaseRunner runner, KillCase one)
    {
        try
        {
            return await runner.RunAsync(one);
        }
        catch (Exception broken) when (!Ct.IsCancellationRequested)
        {
            return new CaseResult(one.Number, one.Fault.ToString(), 0, 0, 0, new Dictionary<string, int>(), [$"stuck: {broken.Message}"]);
        }
    }
}
