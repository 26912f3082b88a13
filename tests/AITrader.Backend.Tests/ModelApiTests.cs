using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

public sealed class ModelApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Good = """{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mine", """{"symbols":[],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}""", "symbols are 1 to")]
    [InlineData("mine", """{"symbols":["BTCUSDT","BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}""", "twice")]
    [InlineData("mine", """{"symbols":["BTCUSDT"],"from":"2024-08-09T00:00:00Z","to":"2024-08-09T00:00:00Z"}""", "does not lie before")]
    [InlineData("mine", """{"symbols":["NOPE"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}""", "unknown-symbol")]
    [InlineData("Mine", Good, "no name of a model")]
    [InlineData(
        "mine",
        """{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z","recipe":[]}""",
        "recipe is an object"
    )]
    [InlineData(
        "mine",
        """{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z","every_seconds":0}""",
        "every_seconds is above 0"
    )]
    [InlineData(
        "mine",
        """{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z","task":"sentiment"}""",
        "task is forecast or patterns"
    )]
    [InlineData(
        "mine",
        """{"symbols":["BTCUSDT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z","task":"patterns","every_seconds":1}""",
        "bar_seconds of the recipe"
    )]
    public async Task What_cannot_be_trained_is_refused_with_what_to_do(string model, string body, string expected)
    {
        var (status, text) = await PostAsync(model, body, null);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_is_taken_once_with_its_audit_event_and_its_job_is_shown()
    {
        using (var viewer = fixture.Gateway.ClientOf("viewer"))
        {
            using var refused = await viewer.PostAsync("/api/v1/models/mine/versions", JsonOf(Good), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        var key = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mine", Good, key)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("mine", Good, key)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("other", Good, key)).Status);
        var job = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{key}", Ct);
        Assert.Equal(("training", "queued"), (job.GetProperty("type").GetString(), job.GetProperty("status").GetString()));
        using var unknown = await fixture.Client.GetAsync($"/api/v1/jobs/{Guid.CreateVersion7()}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        await using var db = fixture.Gateway.NewContext();
        Assert.Equal(1, await db.AuditEvents.CountAsync(static row => row.EventType == "model.training_asked", Ct));
        var payload = TrainingRequest.FromJson((await db.Jobs.SingleAsync(row => row.Id == key, Ct)).Payload);
        Assert.Equal(("mine", "BTCUSDT"), (payload.Model, Assert.Single(payload.Symbols)));
    }

    [Fact]
    public async Task Models_are_listed_with_their_versions_and_cards()
    {
        await using (var db = fixture.Gateway.NewContext())
        {
            db.Models.Add(
                new ModelRow
                {
                    Name = "listed",
                    Task = "forecast",
                    Description = "Two.",
                    CreatedAt = GatewayFixture.Time,
                }
            );
            db.ModelVersions.Add(Version(1, ModelStates.Candidate));
            db.ModelVersions.Add(Version(2, ModelStates.Active));
            await db.SaveChangesAsync(Ct);
        }

        var list = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/models", Ct);
        var model = list.GetProperty("items").EnumerateArray().Single(static item => item.GetProperty("name").GetString() == "listed");
        Assert.Equal((2, 2), (model.GetProperty("answering").GetInt32(), model.GetProperty("versions").GetArrayLength()));
        Assert.Equal(0.9, model.GetProperty("versions")[1].GetProperty("metrics").GetProperty("loss").GetDouble());
        var card = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/models/listed/versions/2", Ct);
        Assert.Equal(2, card.GetProperty("version").GetInt32());
        using var unknown = await fixture.Client.GetAsync("/api/v1/models/listed/versions/9", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static ModelVersionRow Version(int version, string state) =>
        new()
        {
            Model = "listed",
            Version = version,
            Sha256 = new string('a', 64),
            State = state,
            Metrics = """{"loss":0.9}""",
            Card = $$"""{"version":{{version}}}""",
            CreatedAt = GatewayFixture.Time,
        };

    private static StringContent JsonOf(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string model, string body, Guid? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/models/{model}/versions") { Content = JsonOf(body) };
        if (key is { } known)
        {
            request.Headers.Add("Idempotency-Key", known.ToString("D"));
        }

        using var answer = await fixture.Client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
