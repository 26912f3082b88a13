using System.Runtime.CompilerServices;
using System.Text;

namespace AITrader.Cli.Output;

/// <summary>Reads the end of a log that grows and is replaced by a new file now and then.</summary>
internal sealed class LogTail(string path, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The last lines and, where <paramref name="follow" /> is true, those that are written from then on.</summary>
    public async IAsyncEnumerable<string> ReadAsync(int lines, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = Open();
        try
        {
            foreach (var line in await LastAsync(reader, lines, cancellationToken))
            {
                yield return line;
            }

            while (follow)
            {
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    yield return line;
                }

                await Task.Delay(PollInterval, time, cancellationToken);
                if (new FileInfo(path) is { Exists: true } now && now.Length < reader.BaseStream.Position)
                {
                    reader.Dispose();
                    reader = Open();
                }
            }
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static async Task<IEnumerable<string>> LastAsync(StreamReader reader, int lines, CancellationToken cancellationToken)
    {
        var last = new Queue<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            last.Enqueue(line);
            if (last.Count > lines)
            {
                last.Dequeue();
            }
        }

        return last;
    }

    private StreamReader Open() =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
}
