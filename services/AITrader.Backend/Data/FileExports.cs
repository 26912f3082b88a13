using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Data;

/// <summary>Writes a file to where it is sent.</summary>
internal delegate Task FileWriter(Stream target, CancellationToken ct);

/// <summary>Sends rows as files, a few at a time: each keeps the database busy for as long as it lasts.</summary>
internal sealed class FileExports
{
    public const string Csv = "csv";
    public const string Parquet = "parquet";
    public const int Most = 2;

    private int _running;

    /// <summary>Whether files are written in this format.</summary>
    public static bool IsKnown(string format) => format is Csv or Parquet;

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
    /// <param name="name">Name without an ending; what no file system minds is kept of it.</param>
    /// <param name="format"><see cref="Csv"/> or <see cref="Parquet"/>.</param>
    /// <param name="csv">Writes compressed CSV.</param>
    /// <param name="parquet">Writes Parquet.</param>
    /// <param name="ct">Ends the sending.</param>
    public PushStreamHttpResult Stream(string name, string format, FileWriter csv, FileWriter parquet, CancellationToken ct)
    {
        var safe = string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'));
        return format == Parquet
            ? TypedResults.Stream(target => SendAsync(parquet, target, ct), "application/vnd.apache.parquet", $"{safe}.parquet")
            : TypedResults.Stream(target => SendAsync(csv, target, ct), "application/gzip", $"{safe}.csv.gz");
    }

    // Writing to a reader that is gone succeeds without end: the token of the request ends it.
    private async Task SendAsync(FileWriter write, Stream target, CancellationToken ct)
    {
        try
        {
            await write(target, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
