using System.Net;
using AITrader.Containers.Tests.Engine;
using AITrader.Containers.Tests.Images;
using AITrader.TestSupport;

namespace AITrader.Containers.Tests;

/// <summary>A service's image, as <c>dotnet publish -t:PublishContainer</c> makes it.</summary>
public sealed class ServiceImageTests(PublishedService service) : IClassFixture<PublishedService>
{
    private const string Image = "aitrader/mock-llm:0.1.0";

    [Fact]
    public async Task An_image_says_its_name_its_port_and_an_account_that_is_not_root()
    {
        var (names, settings) = await service.ReadAsync();
        Assert.Equal([Image], names);
        Assert.Equal("1654", settings.GetProperty("User").GetString());
        Assert.Equal(["8080/tcp"], settings.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Contains("HTTP_PORTS=8080", settings.GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()));
        Assert.Equal(
            ["dotnet", "/app/AITrader.MockLlm.dll"],
            settings.GetProperty("Entrypoint").EnumerateArray().Select(part => part.GetString())
        );
        var labels = settings.GetProperty("Labels");
        Assert.Equal("AITrader mock-llm", labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal("0.1.0", labels.GetProperty("org.opencontainers.image.version").GetString());
    }

    [Fact]
    public async Task A_service_runs_from_its_image_with_as_few_rights_as_in_the_chart()
    {
        await DockerEngine.RequireAsync();
        await DockerEngine.RunAsync("load", "--input", service.Archive);
        var container = (
            await DockerEngine.RunAsync(
                "run",
                "--detach",
                "--publish",
                "127.0.0.1::8080",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                Image
            )
        ).Trim();
        try
        {
            var address = (await DockerEngine.RunAsync("port", container, "8080/tcp")).Trim();
            using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
            await Eventually.TrueAsync(() => IsAliveAsync(client), "the service answers");
            Assert.Contains("1654", await DockerEngine.RunAsync("top", container, "-eo", "pid,uid"), StringComparison.Ordinal);
        }
        finally
        {
            await DockerEngine.RunAsync("rm", "--force", "--volumes", container);
            await DockerEngine.RunAsync("rmi", Image);
        }
    }

    private static async Task<bool> IsAliveAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
