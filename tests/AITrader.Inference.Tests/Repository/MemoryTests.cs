using AITrader.Inference.Tests.Hosting;

namespace AITrader.Inference.Tests.Repository;

/// <summary>Memory of the process: measured while nothing else runs in it.</summary>
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests : IDisposable
{
    private const string Request = """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""";

    private readonly ModelFiles _files = new ModelFiles().AddPersistence(1);

    public void Dispose() => _files.Dispose();

    // triton-inference-server/server issues 3320, 4528, 4764, 4966: memory grew with every load.
    [Fact]
    public async Task Loading_and_unloading_leaves_memory_flat()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await CycleAsync(runner, 20);
        var before = Resident();

        await CycleAsync(runner, 100);

        var growth = Resident() - before;
        Assert.True(growth < 24 * 1024 * 1024, $"resident memory grew by {growth / 1024} KiB over 100 loads");
    }

    private static async Task CycleAsync(RunnerHost runner, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await runner.Models.UnloadAsync("persistence", TestContext.Current.CancellationToken);
            await runner.Models.LoadAsync("persistence", TestContext.Current.CancellationToken);
            await runner.InferAsync("persistence", Request);
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}

/// <summary>Runs them apart from all others.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTestsAlone;
