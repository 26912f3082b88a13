using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Ticks;

/// <summary>Sends ranges as files, a few at a time: each keeps the database busy for as long as it lasts.</summary>
internal sealed class TickExports
{
    public const string Csv = "csv";
    public const string Parquet = "parquet";
    public const int Most = 2;

    private int _running;

    /// <summary>Takes a place; false where all are taken.</summary>
    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _running) <= Most)
        {
            return true;
        }

        Interlocked.Decrement(ref _running);
        return false;
    }

    /// <summary>The file; gives the place back when it is sent, or the reader is gone.</summary>
    public PushStreamHttpResult Stream(ITickHistory history, TickRange range, string format, CancellationToken ct)
    {
        var name = string.Concat(
            (range.Symbols is [var only] ? only : "ticks").Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')
        );
        return format == Parquet
            ? TypedResults.Stream(
                target => SendAsync(TickParquet.WriteAsync, history.ReadAsync(range, after: null, ct), target, ct),
                "application/vnd.apache.parquet",
                $"{name}.parquet"
            )
            : TypedResults.Stream(
                target => SendAsync(TickCsv.WriteAsync, history.ReadAsync(range, after: null, ct), target, ct),
                "application/gzip",
                $"{name}.csv.gz"
            );
    }

    // Writing to a reader that is gone succeeds without end: the token of the request ends it.
    private async Task SendAsync(
        Func<IAsyncEnumerable<Tick>, Stream, CancellationToken, Task> write,
        IAsyncEnumerable<Tick> ticks,
        Stream target,
        CancellationToken ct
    )
    {
        try
        {
            await write(ticks, target, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
