using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Tests;

/// <summary>Flags over HTTP, under the gateway's own database login.</summary>
public sealed class FlagApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_that_nobody_has_set_are_at_their_defaults_for_anyone_who_is_signed_in()
    {
        using var viewer = fixture.Gateway.ClientOf("viewer");
        using var answer = await viewer.GetAsync("/api/v1/flags", Ct);
        var flags = (await Gateway.JsonAsync(answer)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["decisions.advice", "decisions.built-in-rule", "decisions.forecast", "decisions.sentiment", "strategies.hosted-orders"],
            flags.Select(static flag => flag.GetProperty("name").GetString())
        );
        Assert.All(flags, static flag => Assert.True(flag.GetProperty("default").GetBoolean()));
        Assert.Equal(
            ["name", "enabled", "default", "description", "updated_at"],
            flags[0].EnumerateObject().Select(static one => one.Name)
        );
        Assert.Equal(
            (true, JsonValueKind.Null),
            (flags[3].GetProperty("enabled").GetBoolean(), flags[3].GetProperty("updated_at").ValueKind)
        );
    }

    [Fact]
    public async Task An_administrator_switches_and_every_change_is_audited_once()
    {
        Assert.False(await SetAsync("decisions.forecast", enabled: false));
        Assert.False(await SetAsync("decisions.forecast", enabled: false));
        Assert.True(await SetAsync("decisions.forecast", enabled: true));

        await using var db = fixture.Gateway.NewContext();
        var events = await db
            .AuditEvents.Where(static row => row.EventType == "flag.changed" && row.EntityId == "decisions.forecast")
            .OrderBy(static row => row.Timestamp)
            .ToListAsync(Ct);
        Assert.Equal(
            [(null, false), (false, true)],
            events.Select(static row => JsonDocument.Parse(row.Changes).RootElement).Select(Change)
        );
        Assert.All(events, static row => Assert.Equal(("flag", true), (row.EntityType, row.UserId.HasValue)));
    }

    [Fact]
    public async Task Those_who_set_a_flag_at_once_take_turns()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(index => SetAsync("strategies.hosted-orders", enabled: index % 2 == 0)));

        await using var db = fixture.Gateway.NewContext();
        var changes = (await db.AuditEvents.Where(static row => row.EntityId == "strategies.hosted-orders").ToListAsync(Ct))
            .Select(static row => Change(JsonDocument.Parse(row.Changes).RootElement))
            .ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, static change => Assert.NotEqual(change.From, change.To));
        Assert.Single(changes, static change => change.From is null);
        var last = (await db.FeatureFlags.SingleAsync(static row => row.Name == "strategies.hosted-orders", Ct)).Enabled;
        var first = changes.Single(static change => change.From is null).To;
        Assert.Equal(first == last ? 1 : 0, changes.Count % 2);
    }

    [Theory]
    [InlineData("trader", "decisions.sentiment", """{"enabled":false}""", 403, "")]
    [InlineData("viewer", "decisions.sentiment", """{"enabled":false}""", 403, "")]
    [InlineData("admin", "decisions.mood", """{"enabled":false}""", 404, "unknown-flag")]
    [InlineData("admin", "decisions.sentiment", """{}""", 400, "")]
    [InlineData("admin", "decisions.sentiment", """{"enabled":"off"}""", 400, "")]
    public async Task What_is_refused_changes_nothing(string role, string name, string body, int status, string reason)
    {
        using var other = role == "admin" ? null : fixture.Gateway.ClientOf(role);
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await (other ?? fixture.Client).PutAsync($"/api/v1/flags/{name}", content, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
        await using var db = fixture.Gateway.NewContext();
        Assert.False(await db.FeatureFlags.AnyAsync(row => row.Name == name, Ct));
        Assert.False(await db.AuditEvents.AnyAsync(row => row.EntityId == name, Ct));
    }

    private static (bool? From, bool To) Change(JsonElement changes) =>
        (changes.GetProperty("from").Deserialize<bool?>(), changes.GetProperty("to").GetBoolean());

    private async Task<bool> SetAsync(string name, bool enabled)
    {
        using var answer = await fixture.Client.PutAsJsonAsync($"/api/v1/flags/{name}", new { enabled }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await Gateway.JsonAsync(answer)).GetProperty("enabled").GetBoolean();
    }
}
