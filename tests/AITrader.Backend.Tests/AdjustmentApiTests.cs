using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

public sealed class AdjustmentApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Path = "/api/v1/adjustments";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"kind":"split","symbol":"BTCUSDT","ex_date":"01.12.2026","new_units":2,"old_units":1}""", "such as 2026-12-01")]
    [InlineData("""{"kind":"split","symbol":"BTCUSDT","ex_date":"2999-12-01","new_units":2,"old_units":1}""", "is ahead")]
    [InlineData("""{"kind":"merger","symbol":"BTCUSDT","ex_date":"2026-11-30"}""", "neither split nor dividend")]
    [InlineData("""{"kind":"split","symbol":"BTCUSDT","ex_date":"2026-11-30","new_units":2}""", "new_units and old_units")]
    [InlineData("""{"kind":"split","symbol":"BTCUSDT","ex_date":"2026-11-30","new_units":2,"old_units":2}""", "splits nothing")]
    [InlineData("""{"kind":"dividend","symbol":"BTCUSDT","ex_date":"2026-11-30","per_unit":0}""", "per_unit above zero")]
    [InlineData("""{"kind":"dividend","symbol":"BTCUSDT","ex_date":"2026-11-30","per_unit":1,"withheld":1.5}""", "part of 1")]
    [InlineData("""{"kind":"dividend","symbol":"NOPE","ex_date":"2026-11-30","per_unit":1}""", "unknown-symbol")]
    public async Task What_cannot_be_booked_is_refused_with_what_to_do(string body, string expected)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await fixture.Client.PostAsync(Path, content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_taken_once_with_its_audit_event_and_listed()
    {
        using (var viewer = fixture.Gateway.ClientOf("viewer"))
        {
            using var refused = await viewer.PostAsJsonAsync(Path, Dividend("1.25"), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        var key = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(key, "1.25")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(key, "1.25")).Status);
        var other = await PostAsync(key, "1.50");
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("key-taken", other.Text, StringComparison.Ordinal);
        var again = await PostAsync(Guid.CreateVersion7(), "1.25");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("adjusted-already", again.Text, StringComparison.Ordinal);
        var list = await fixture.Client.GetFromJsonAsync<JsonElement>(Path, Ct);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal((key, "REQUESTED"), (item.GetProperty("id").GetGuid(), item.GetProperty("state").GetString()));
        await using var db = fixture.Gateway.NewContext();
        Assert.Equal(1, await db.AuditEvents.CountAsync(static row => row.EventType == "account.adjustment_requested", Ct));
    }

    private static object Dividend(string perUnit) =>
        new
        {
            kind = "dividend",
            symbol = "BTCUSDT",
            ex_date = "2026-11-30",
            per_unit = decimal.Parse(perUnit, System.Globalization.CultureInfo.InvariantCulture),
        };

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(Guid key, string perUnit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(Dividend(perUnit)) };
        request.Headers.Add("Idempotency-Key", key.ToString());
        using var answer = await fixture.Client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
