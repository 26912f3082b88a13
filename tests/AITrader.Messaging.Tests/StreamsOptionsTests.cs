namespace AITrader.Messaging.Tests;

public sealed class StreamsOptionsTests
{
    [Fact]
    public void Takes_its_own_defaults() => Assert.True(new StreamsOptionsValidator().Validate(null, new StreamsOptions()).Succeeded);

    [Theory]
    [InlineData(0, 5, 60_000, 512, "Streams:Partitions: 0 is not in 1 to 1024")]
    [InlineData(1, 1_001, 60_000, 512, "Streams:MaxDeliveries: 1001 is not in 1 to 1000")]
    [InlineData(1, 5, 99, 512, "Streams:MinIdle: 00:00:00.0990000 is not in 00:00:00.1000000 to 1.00:00:00")]
    [InlineData(1, 5, 60_000, 10_001, "Streams:PublishChunk: 10001 is not in 1 to 10000")]
    public void Refuses_what_makes_no_sense_naming_the_setting(
        int partitions,
        int deliveries,
        int idleMillis,
        int chunk,
        string expected
    ) =>
        Assert.Equal(
            expected,
            new StreamsOptionsValidator()
                .Validate(
                    null,
                    new StreamsOptions
                    {
                        Partitions = partitions,
                        MaxDeliveries = deliveries,
                        MinIdle = TimeSpan.FromMilliseconds(idleMillis),
                        PublishChunk = chunk,
                    }
                )
                .FailureMessage
        );
}
