using System.Net;
using System.Net.Http.Json;
using AITrader.TestSupport;

namespace AITrader.MockLlm.Tests;

public sealed class FaultTests
{
    private const string Project = "AITrader.MockLlm";

    private static readonly object Question = new { model = "mock-small", messages = new[] { new { role = "user", content = "Buy?" } } };

    [Fact]
    public async Task An_error_lasts_for_as_many_requests_as_told()
    {
        await using var service = await ServiceProcess.StartAsync(Project);
        await SetAsync(
            service,
            new
            {
                status = 429,
                retry_after_seconds = 7,
                times = 2,
            }
        );
        for (var i = 0; i < 2; i++)
        {
            using var refused = await AskAsync(service);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), refused.Headers.RetryAfter!.Delta);
        }

        using var answered = await AskAsync(service);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task Latency_delays_until_it_is_cleared()
    {
        await using var service = await ServiceProcess.StartAsync(Project);
        await SetAsync(service, new { latency_ms = 400, status = 500 });
        var start = TimeProvider.System.GetTimestamp();
        using var refused = await AskAsync(service);
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(390));
        using var cleared = await service.Client.DeleteAsync("/admin/faults", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        using var answered = await AskAsync(service);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_truncated_answer_breaks_off(bool stream)
    {
        await using var service = await ServiceProcess.StartAsync(Project);
        await SetAsync(service, new { truncate = true });
        var question = new
        {
            model = "mock-small",
            stream,
            messages = new[] { new { role = "user", content = "Buy?" } },
        };

        // The cut may overtake what was sent before it: then the client never sees the first half either.
        var broken = await Assert.ThrowsAsync<HttpRequestException>(() =>
            service.Client.PostAsJsonAsync("/v1/chat/completions", question, TestContext.Current.CancellationToken)
        );
        Assert.True(broken.StatusCode is null or HttpStatusCode.OK);
        using var cleared = await service.Client.DeleteAsync("/admin/faults", TestContext.Current.CancellationToken);
        using var answered = await AskAsync(service);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Theory]
    [InlineData("""{"status":404}""")]
    [InlineData("""{"latency_ms":-1}""")]
    [InlineData("""{"times":0}""")]
    [InlineData("""{"unknown":1}""")]
    public async Task A_senseless_fault_is_refused(string fault)
    {
        await using var service = await ServiceProcess.StartAsync(Project);
        using var content = new StringContent(fault, System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Client.PutAsync("/admin/faults", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_key_is_asked_for_where_one_is_set_and_answers_are_counted()
    {
        await using var service = await ServiceProcess.StartAsync(Project, ("MockLlm:ApiKey", "sk-test"));
        using var refused = await AskAsync(service);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "sk-test");
        using var answered = await AskAsync(service);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var metrics = await service.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Matches("(?m)^aitrader_mock_llm_answers_total\\{.*model=\"mock-small\".*\\} 1$", metrics);
    }

    private static Task<HttpResponseMessage> AskAsync(ServiceProcess service) =>
        service.Client.PostAsJsonAsync("/v1/chat/completions", Question, TestContext.Current.CancellationToken);

    private static async Task SetAsync(ServiceProcess service, object fault)
    {
        using var response = await service.Client.PutAsJsonAsync("/admin/faults", fault, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
