using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ServiceDefaults.Tests;

public sealed class CorrelationTests
{
    private const string Header = "X-Correlation-Id";

    [Fact]
    public async Task An_id_goes_in_and_out_and_on_to_the_next_service_found_by_name()
    {
        await using var next = await Probe.StartAsync(map: static app =>
            app.MapGet("/seen", static (HttpContext context) => context.Request.Headers[Header].ToString())
        );
        await using var first = await Probe.StartAsync(
            map: static app =>
                app.MapGet("/relay", static (IHttpClientFactory clients, CancellationToken ct) =>
                    clients.CreateClient().GetStringAsync("http://next-one/seen", ct)
                ),
            settings: ("services:next-one:http:0", next.Client.BaseAddress!.ToString())
        );

        using var request = new HttpRequestMessage(HttpMethod.Get, "/relay");
        request.Headers.Add(Header, "desk-7.order_12");
        using var response = await first.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("desk-7.order_12", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("desk-7.order_12", Assert.Single(response.Headers.GetValues(Header)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task An_unfit_id_is_replaced_by_the_trace_id(string offered)
    {
        await using var probe = await Probe.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/alive");
        request.Headers.TryAddWithoutValidation(Header, offered);
        request.Headers.Add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        using var response = await probe.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("0123456789abcdef0123456789abcdef", Assert.Single(response.Headers.GetValues(Header)));
    }

    [Fact]
    public async Task A_client_tries_again_when_a_service_is_briefly_unavailable_unless_that_could_do_something_twice()
    {
        var calls = 0;
        await using var next = await Probe.StartAsync(map: app =>
            app.MapMethods("/flaky", ["GET", "POST"], () =>
                Interlocked.Increment(ref calls) % 2 == 1 ? Results.StatusCode(503) : Results.Text("fine")
            )
        );
        await using var first = await Probe.StartAsync(settings: ("services:next-one:http:0", next.Client.BaseAddress!.ToString()));
        using var client = first.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        Assert.Equal("fine", await client.GetStringAsync("http://next-one/flaky", TestContext.Current.CancellationToken));
        Assert.Equal(2, calls);
        using var refused = await client.PostAsync("http://next-one/flaky", content: null, TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(3, calls);
    }
}
