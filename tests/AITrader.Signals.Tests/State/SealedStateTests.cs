using AITrader.Signals.State;

namespace AITrader.Signals.Tests.State;

public sealed class SealedStateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1_003)]
    public void Opens_what_was_sealed_and_nothing_that_differs_in_one_bit(int length)
    {
        var state = new byte[length];
        new Random(length).NextBytes(state);
        var saved = SealedState.Seal(3, state).ToArray();

        Assert.Equal(state, SealedState.Open(3, saved).ToArray());
        for (var bit = 0; bit < saved.Length * 8; bit++)
        {
            saved[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => SealedState.Open(3, saved));
            saved[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.All(Enumerable.Range(0, saved.Length), cut =>
            Assert.Throws<InvalidDataException>(() => SealedState.Open(3, saved.AsSpan(0, cut)))
        );
        Assert.Throws<InvalidDataException>(() => SealedState.Open(3, [.. saved, 0]));
        Assert.Throws<InvalidDataException>(() => SealedState.Open(4, saved));
    }
}
