using System.Security.Cryptography;

namespace AITrader.Learning.Training;

/// <summary>A checkpoint on disk: a training that was killed goes on from it. A file is whole or not there; one that was damaged is
/// refused.</summary>
/// <remarks>Layout, little-endian: "AITC", version 1 (int32), step, best step (int64), misses, whether there is a best (int32), best
/// (double), number of weights (int32), weights, moments, squares, best weights (float32 each), SHA-256 of all before.</remarks>
public static class CheckpointFile
{
    private const int Version = 1;
    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Magic => "AITC"u8;

    /// <summary>Writes a checkpoint in place of the one that is there, which stays until the new one is whole.</summary>
    public static void Write(string path, Checkpoint checkpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(checkpoint);
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(checkpoint.State.Step);
        writer.Write(checkpoint.BestStep);
        writer.Write(checkpoint.Misses);
        writer.Write(checkpoint.Best is null ? 0 : 1);
        writer.Write(checkpoint.Best ?? 0);
        writer.Write(checkpoint.State.Weights.Length);
        foreach (
            var values in new[] { checkpoint.State.Weights, checkpoint.State.Moments, checkpoint.State.Squares, checkpoint.BestWeights }
        )
        {
            foreach (var value in values)
            {
                writer.Write(value);
            }
        }

        writer.Flush();
        writer.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        writer.Flush();
        var fresh = $"{path}.new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            content.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Reads a checkpoint; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">Number of weights of the model that goes on from it.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or of another model; the message says which, and to
    /// delete it to begin anew.</exception>
    public static Checkpoint? Read(string path, int weights)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < Magic.Length + HashLength || !bytes.AsSpan().StartsWith(Magic))
        {
            throw Refused(path, "it is no checkpoint");
        }

        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashLength)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashLength)))
        {
            throw Refused(path, "it is damaged");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length - HashLength));
        return reader.ReadInt32() == Version ? Read(reader, path, weights) : throw Refused(path, "it is of another version");
    }

    private static Checkpoint Read(BinaryReader reader, string path, int weights)
    {
        var (step, bestStep, misses) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
        var hasBest = reader.ReadInt32() == 1;
        var best = reader.ReadDouble();
        var count = reader.ReadInt32();
        if (count != weights)
        {
            throw Refused(path, $"it is of a model with {count} weights, this one has {weights}");
        }

        var (present, moments, squares, good) = (Floats(), Floats(), Floats(), Floats());
        return new Checkpoint(new TrainingState(step, present, moments, squares), good, hasBest ? best : null, bestStep, misses);

        float[] Floats()
        {
            var values = new float[count];
            for (var i = 0; i < count; i++)
            {
                values[i] = reader.ReadSingle();
            }

            return values;
        }
    }

    private static InvalidDataException Refused(string path, string reason) =>
        new($"{path} cannot be used to go on from: {reason}. Delete it to begin anew.");
}
