using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AITrader.TestSupport;

namespace AITrader.MockLlm.Tests;

/// <summary>How every service starts, fails to start and logs, shown on the smallest of them.</summary>
public sealed class ProcessTests
{
    private const string Project = "AITrader.MockLlm";

    [Fact]
    public async Task A_port_in_use_is_one_line_and_an_exit_code()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(Project, ("urls", url));
        Assert.Equal(1, exitCode);
        Assert.Equal($"mock-llm: cannot run: Failed to bind to address {url}: address already in use.", Assert.Single(errors));
        Assert.DoesNotContain(output, static line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ServiceAuth:Key", "too short", "invalid settings: ServiceAuth:Key must have at least 32 characters")]
    [InlineData("MockLlm:Seed", "x", "Failed to convert configuration value 'x' at 'MockLlm:Seed' to type 'System.Int32'.")]
    [InlineData("Ids:Seed", "x", "Failed to convert configuration value 'x' at 'Ids:Seed' to type 'System.Int32'.")]
    public async Task A_bad_setting_is_one_line_and_an_exit_code(string path, string value, string said)
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(Project, ("urls", "http://127.0.0.1:0"), (path, value));
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"mock-llm: cannot run: {said}", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain(output, static line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_line_of_output_is_one_json_object_with_the_resources_name()
    {
        await using var service = await ServiceProcess.StartAsync(
            Project,
            ("OTEL_SERVICE_NAME", "mock-llm-2"),
            ("ServiceAuth:Key", new string('k', 40))
        );
        await service.Client.GetStringAsync("/ready", TestContext.Current.CancellationToken);
        Assert.NotEmpty(service.Output);
        Assert.All(service.Output, static line => Assert.Equal("mock-llm-2", JsonElement.Parse(line).GetProperty("service").GetString()));
        Assert.DoesNotContain(service.Output, static line => line.Contains("kkkk", StringComparison.Ordinal));
    }
}
