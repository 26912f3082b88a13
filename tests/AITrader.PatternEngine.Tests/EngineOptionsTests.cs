using AITrader.PatternEngine.Engine;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;

namespace AITrader.PatternEngine.Tests;

public sealed class EngineOptionsTests
{
    [Fact]
    public void Uses_as_many_shards_as_the_machine_has_room_for()
    {
        var settings = new EngineOptions().ToSettings(PatternSettings.Default);
        Assert.Equal(
            (EngineSettings.DefaultShards(Environment.ProcessorCount), 4_096, 2_000),
            (settings.Shards, settings.RingCapacity, settings.Spins)
        );
        Assert.Equal(
            3,
            new EngineOptions { Shards = 3 }
                .ToSettings(PatternSettings.Default)
                .Shards
        );
    }

    [Theory]
    [InlineData(-1, 4_096, 0, "Engine:Shards: -1 is not in 0 to 64")]
    [InlineData(65, 4_096, 0, "Engine:Shards: 65 is not in 0 to 64")]
    [InlineData(1, 5_000, 0, "Engine:RingCapacity: 5000 is not a power of two from ")]
    [InlineData(1, 64, 0, "Engine:RingCapacity: 64 is not a power of two from ")]
    [InlineData(1, 4_096, -1, "Engine:Spins: -1 is below 0")]
    public void Refuses_what_makes_no_sense_naming_the_setting(int shards, int ring, int spins, string expected) =>
        Assert.StartsWith(
            expected,
            new EngineOptionsValidator()
                .Validate(
                    null,
                    new EngineOptions
                    {
                        Shards = shards,
                        RingCapacity = ring,
                        Spins = spins,
                    }
                )
                .FailureMessage
        );

    [Theory]
    [InlineData(0, 256)]
    [InlineData(64, 1_048_576)]
    public void Takes_what_an_engine_can_be_made_of(int shards, int ring) =>
        Assert.True(
            new EngineOptionsValidator()
                .Validate(
                    null,
                    new EngineOptions
                    {
                        Shards = shards,
                        RingCapacity = ring,
                        Spins = 0,
                    }
                )
                .Succeeded
        );
}
