using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests.Home;

public sealed class HostRecordTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task What_was_written_is_read()
    {
        await _temporary.Home.CreateAsync(Ct);
        var record = Records.Of(ProcessIdentity.Current);

        await record.WriteAsync(_temporary.Home, Ct);

        var read = HostRecord.Read(_temporary.Home)!;
        Assert.Equal(
            (record.Process, record.Run, record.ResourceServiceKey, record.DashboardToken),
            (read.Process, read.Run, read.ResourceServiceKey, read.DashboardToken)
        );
        Assert.Equal(record.Arguments, read.Arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_record_that_cannot_be_read_is_none(string text)
    {
        await _temporary.Home.CreateAsync(Ct);
        await File.WriteAllTextAsync(Path.Combine(_temporary.Home.Run, "host.json"), text, Ct);

        Assert.Null(HostRecord.Read(_temporary.Home));
    }

    [Fact]
    public void Without_a_home_there_is_none()
    {
        Assert.Null(HostRecord.Read(_temporary.Home));
        HostRecord.Delete(_temporary.Home);
    }
}
