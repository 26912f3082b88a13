using Parquet.Schema;

namespace AITrader.Formats.Tests.ParquetFiles;

/// <summary>Measures the memory of the process, so no other test may run beside it.</summary>
[CollectionDefinition(DisableParallelization = true)]
[Collection<ParquetMemoryTests>]
public sealed class ParquetMemoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What is held is one row group, however long the file is.</summary>
    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const int Rows = 400_000;
        var path = Path.Combine(_folder, "prices.parquet");
        SampleColumn[] columns =
        [
            ParquetSamples.Times(
                "time",
                DateTimeTimeUnit.Micros,
                [.. Enumerable.Range(0, Rows).Select(static i => ParquetSamples.Start.AddSeconds(i))]
            ),
            ParquetSamples.Text("symbol", ParquetSamples.Symbols(Rows)),
            .. ParquetSamples.Prices(Rows),
        ];
        await File.WriteAllBytesAsync(
            path,
            await ParquetSamples.WriteAsync(rowGroup: 10_000, columns),
            TestContext.Current.CancellationToken
        );
        using var reader = BarFile.Open(path);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        while (reader.TryRead(out _))
        {
            most = reader.Bars % 50_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
        }

        Assert.Equal(Rows, reader.Bars);
        Assert.InRange(most, 0, 8 << 20);
    }
}
