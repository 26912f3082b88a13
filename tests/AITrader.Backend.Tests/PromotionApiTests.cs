using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

/// <summary>Promotions through the gateway, and the list of jobs.</summary>
public sealed class PromotionApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_is_better_is_promoted_by_a_trader_once()
    {
        await SeedAsync("better", """{"verdict":{"goes_live":true,"reason":"saves 14 %"}}""");
        var key = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("viewer", "better", """{"version":1}""", key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("trader", "better", """{"version":1}""", key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("trader", "better", """{"version":1}""", key)).Status);

        var job = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{key}", Ct);
        Assert.Equal("promotion", job.GetProperty("type").GetString());
        await using var db = fixture.Gateway.NewContext();
        Assert.Equal(
            1,
            await db.AuditEvents.CountAsync(static row => row.EventType == "model.promotion_asked" && row.EntityId == "better", Ct)
        );
        Assert.Equal(
            new PromotionRequest("better", 1),
            PromotionRequest.FromJson((await db.Jobs.SingleAsync(row => row.Id == key, Ct)).Payload)
        );
    }

    [Theory]
    [InlineData("worse", """{"verdict":{"goes_live":false,"reason":"no better than the last price"}}""", "no better than the last price")]
    [InlineData("bare", "{}", "no card")]
    public async Task What_is_no_better_needs_an_administrator_who_says_anyway(string model, string card, string reason)
    {
        await SeedAsync(model, card);
        var (status, text) = await PostAsync("trader", model, """{"version":1}""", null);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);

        (status, text) = await PostAsync("trader", model, """{"version":1,"anyway":true}""", null);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("anyway-for-administrators", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("admin", model, """{"version":1,"anyway":true}""", null)).Status);
    }

    [Fact]
    public async Task A_version_that_is_gone_or_unknown_is_not_promoted()
    {
        await SeedAsync("gone", """{"verdict":{"goes_live":true,"reason":"good"}}""", ModelStates.Retired);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("trader", "gone", """{"version":1}""", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("trader", "gone", """{"version":2}""", null)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("trader", "gone", """{"version":"x"}""", null)).Status);
    }

    [Fact]
    public async Task Jobs_are_listed_in_pages_by_type_and_state()
    {
        await using (var db = fixture.Gateway.NewContext())
        {
            for (var i = 0; i < 5; i++)
            {
                db.Jobs.Add(
                    new JobRow
                    {
                        Id = Guid.CreateVersion7(),
                        Type = "listed",
                        Status = i == 4 ? JobStatuses.Failed : JobStatuses.Completed,
                        Error = i == 4 ? "no data" : null,
                        CreatedAt = GatewayFixture.Time.AddMinutes(i / 2),
                    }
                );
            }

            await db.SaveChangesAsync(Ct);
        }

        var first = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/jobs?type=listed&limit=3", Ct);
        var next = first.GetProperty("next").GetString();
        var second = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs?type=listed&limit=3&before={next}", Ct);
        var all = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).ToList();
        Assert.Equal(5, all.Select(static item => item.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal("no data", all[0].GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);

        var failed = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/jobs?type=listed&status=failed", Ct);
        Assert.Equal(1, failed.GetProperty("items").GetArrayLength());
        foreach (var bad in (string[])["status=done", "limit=0", "before=%21"])
        {
            using var refused = await fixture.Client.GetAsync($"/api/v1/jobs?{bad}", Ct);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_job_is_asked_to_end_once_and_one_that_has_ended_is_not()
    {
        var (running, done) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = fixture.Gateway.NewContext())
        {
            db.Jobs.Add(Job(running, JobStatuses.Running));
            db.Jobs.Add(Job(done, JobStatuses.Completed));
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await CancelAsync("viewer", running));
        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync("trader", running));
        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync("trader", running));
        Assert.Equal(HttpStatusCode.Conflict, await CancelAsync("trader", done));
        Assert.Equal(HttpStatusCode.NotFound, await CancelAsync("trader", Guid.CreateVersion7()));

        var job = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{running}", Ct);
        Assert.Equal(JsonValueKind.String, job.GetProperty("cancel_asked_at").ValueKind);
        await using var look = fixture.Gateway.NewContext();
        Assert.Equal(
            1,
            await look.AuditEvents.CountAsync(row => row.EventType == "job.cancel_asked" && row.EntityId == running.ToString(), Ct)
        );
    }

    private async Task<HttpStatusCode> CancelAsync(string role, Guid job)
    {
        using var client = fixture.Gateway.ClientOf(role);
        using var answer = await client.PostAsync($"/api/v1/jobs/{job}/cancel", null, Ct);
        return answer.StatusCode;
    }

    private static JobRow Job(Guid id, string status) =>
        new()
        {
            Id = id,
            Type = "ended",
            Status = status,
            CreatedAt = GatewayFixture.Time,
        };

    private async Task SeedAsync(string model, string card, string state = ModelStates.Candidate)
    {
        await using var db = fixture.Gateway.NewContext();
        db.Models.Add(
            new ModelRow
            {
                Name = model,
                Task = "forecast",
                Description = "One.",
                CreatedAt = GatewayFixture.Time,
            }
        );
        db.ModelVersions.Add(
            new ModelVersionRow
            {
                Model = model,
                Version = 1,
                Sha256 = new string('a', 64),
                State = state,
                Metrics = "{}",
                Card = card,
                CreatedAt = GatewayFixture.Time,
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string role, string model, string body, Guid? key)
    {
        using var other = fixture.Gateway.ClientOf(role);
        var client = role == "admin" ? fixture.Client : other;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/models/{model}/promotions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is { } known)
        {
            request.Headers.Add("Idempotency-Key", known.ToString("D"));
        }

        using var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
