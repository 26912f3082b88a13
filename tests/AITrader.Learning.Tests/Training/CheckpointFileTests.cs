using AITrader.Learning.Training;

namespace AITrader.Learning.Tests.Training;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "training.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(0.25)]
    public void What_is_read_is_what_was_written(double? best)
    {
        Assert.Null(CheckpointFile.Read(Path, 2));
        var written = Sample(best);
        CheckpointFile.Write(Path, Sample(best: 9));
        CheckpointFile.Write(Path, written);

        var read = CheckpointFile.Read(Path, 2)!;
        Assert.Equal((written.Best, written.BestStep, written.Misses), (read.Best, read.BestStep, read.Misses));
        Assert.Equal(written.State.Step, read.State.Step);
        Assert.Equal(written.State.Weights, read.State.Weights);
        Assert.Equal(written.State.Moments, read.State.Moments);
        Assert.Equal(written.State.Squares, read.State.Squares);
        Assert.Equal(written.BestWeights, read.BestWeights);
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_damaged_file_is_refused_wherever_the_damage_is()
    {
        CheckpointFile.Write(Path, Sample(best: 1));
        var whole = File.ReadAllBytes(Path);
        for (var i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(Path, damaged);
            Assert.Contains(
                "Delete it to begin anew",
                Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, 2)).Message,
                StringComparison.Ordinal
            );
            File.WriteAllBytes(Path, whole[..i]);
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, 2));
        }
    }

    [Fact]
    public void One_of_another_model_is_refused()
    {
        CheckpointFile.Write(Path, Sample(best: 1));
        Assert.Contains(
            "a model with 2 weights, this one has 3",
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, 3)).Message,
            StringComparison.Ordinal
        );
    }

    private static Checkpoint Sample(double? best) =>
        new(new TrainingState(70, [1.5f, -2], [0.1f, 0.2f], [3, float.Epsilon]), [1, 2], best, BestStep: 60, Misses: 4);
}
