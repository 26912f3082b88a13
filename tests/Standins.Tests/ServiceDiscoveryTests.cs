using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ServiceDiscovery;

namespace Standins.Tests;

public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("https+http://basket/x?y=1", "https://h1:8443/x?y=1")]
    [InlineData("http://basket/x", "http://h1:8080/x")]
    [InlineData("https+http://plain/x", "http://p:80/x")]
    [InlineData("http://_admin.basket/x", "http://h1:9999/x")]
    [InlineData("https+http://fixed/x", "https://d:1/base/x")]
    [InlineData("http://unknown/x", "http://unknown:80/x")]
    [InlineData("https+http://unknown/x", "https://unknown:443/x")]
    [InlineData("http://unknown:5000/x", "http://unknown:5000/x")]
    [InlineData("http://127.0.0.1:77/x", "http://127.0.0.1:77/x")]
    [InlineData("https+http://_grpc.unknown/x", "https://unknown:443/x")]
    public async Task Resolves(string request, string expected)
    {
        await using var services = Services(out _);
        Assert.Equal(new Uri(expected), new Uri(await SendAsync(services, request)));
    }

    [Fact]
    public async Task Takes_turns()
    {
        await using var services = Services(out _);
        var hosts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            hosts.Add(new Uri(await SendAsync(services, "http://many/")).Host);
        }

        Assert.Equal(["m0", "m1", "m0", "m1"], hosts);
    }

    [Fact]
    public async Task Follows_configuration()
    {
        await using var services = Services(out var configuration);
        Assert.Equal("late", new Uri(await SendAsync(services, "http://late/")).Host);
        configuration["Services:late:http:0"] = "http://found:1";
        configuration.Reload();
        Assert.Equal("found", new Uri(await SendAsync(services, "http://late/")).Host);
    }

    [Fact]
    public async Task Resolver_answers_directly()
    {
        await using var services = Services(out _);
        var found = await services.GetRequiredService<ServiceEndpointResolver>().GetEndpointsAsync("http://many", CancellationToken.None);
        Assert.Equal(["http://m0/", "http://m1/"], found.Endpoints.Select(static endpoint => endpoint.ToString()));
    }

    private static ServiceProvider Services(out IConfigurationRoot configuration)
    {
        configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("services:basket:https:0", "https://h1:8443"),
            new("services:basket:http:0", "http://h1:8080"),
            new("services:basket:admin:0", "http://h1:9999"),
            new("services:plain:http:0", "http://p:80"),
            new("services:fixed:default:0", "https://d:1/base"),
            new("services:fixed:http:0", "http://never"),
            new("services:many:http:0", "http://m0"),
            new("services:many:http:1", "http://m1"),
        ]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(static http => http
            .AddServiceDiscovery()
            .ConfigurePrimaryHttpMessageHandler(static () => new Echo()));

        return services.BuildServiceProvider();
    }

    private static async Task<string> SendAsync(ServiceProvider services, string address) =>
        await services.GetRequiredService<IHttpClientFactory>().CreateClient().GetStringAsync(address);

    private sealed class Echo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(request.RequestUri!.AbsoluteUri) });
    }
}
