using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using AITrader.ServiceDefaults.Correlation;
using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Logging;
using AITrader.ServiceDefaults.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.ServiceDefaults.Tests;

public sealed class JsonLineTests
{
    private static readonly JsonLineFormatter Formatter = new(
        new ServiceIdentity("probe", "probe-2"),
        new FakeTimeProvider(new DateTimeOffset(2025, 1, 2, 9, 15, 0, TimeSpan.Zero))
    );

    [Fact]
    public void An_event_is_one_line_with_its_ids()
    {
        using var activity = new Activity("work").Start();
        CorrelationId.Current = "desk-7";
        var line = Log("two\nlines", null, ("symbol", "TCS"), ("qty", 1.50m), ("count", 3));
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(static letter => letter == '\n'));
        var json = JsonElement.Parse(line);
        Assert.Equal("2025-01-02T09:15:00.000000Z", json.GetProperty("time").GetString());
        Assert.Equal("warning", json.GetProperty("level").GetString());
        Assert.Equal("probe-2", json.GetProperty("service").GetString());
        Assert.Equal(7, json.GetProperty("event_id").GetInt32());
        Assert.Equal("Happened", json.GetProperty("event").GetString());
        Assert.Equal("two\nlines", json.GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("span_id").GetString());
        Assert.Equal("desk-7", json.GetProperty("correlation_id").GetString());
        Assert.Equal("""{"symbol":"TCS","qty":1.50,"count":3}""", json.GetProperty("values").GetRawText());
    }

    [Theory]
    [InlineData("Host=db;Username=u;Password=hunter2;Database=x")]
    [InlineData("redis:6379,password=hunter2,ssl=false")]
    [InlineData("""{"api_key": "hunter2"}""")]
    [InlineData("Authorization: Bearer hunter2")]
    [InlineData("Authorization: AdminKey hunter2")]
    [InlineData("Authorization: token api:hunter2")]
    [InlineData("GET wss://ws.kite.trade/?api_key=hunter2&access_token=hunter2 failed")]
    [InlineData("https://kite/connect/login?request_token=hunter2")]
    [InlineData("postgresql://aitrader_app:hunter2@localhost:5432/aitrader")]
    [InlineData("http://localhost:8080/#sign-in=hunter2")]
    [InlineData("ait_hunter2hunter2hunter2hunter2hunter2hunter2hunter")]
    public void A_secret_in_a_text_is_masked(string text)
    {
        var line = Log(text, new InvalidOperationException(text), ("text", text), ("password", "hunter2"));
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Contains("***", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_secret_is_masked_wherever_it_turns_up()
    {
        SecretScrub.Remember(["correct-horse-battery"]);
        Assert.DoesNotContain("correct-horse", Log("GET /?x=correct-horse-battery failed", null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ServiceAuth:Key", "value-of-a-setting-1")]
    [InlineData("Auth:AdminKey", "value-of-a-setting-2")]
    [InlineData("Roles:App:Password", "value-of-a-setting-3")]
    [InlineData("Feed:ApiSecret", "value-of-a-setting-4")]
    [InlineData("REDIS_PASSWORD", "value-of-a-setting-5")]
    [InlineData("ConnectionStrings:any", "value-of-a-setting-6", "Host=db;Password = value-of-a-setting-6 ;Username=u")]
    [InlineData("ConnectionStrings:quoted", "value;of-a-setting-7", "Host=db;Password=\"value;of-a-setting-7\";Username=u")]
    public async Task A_secret_of_any_setting_is_masked(string setting, string secret, string? value = null)
    {
        await using var probe = await Probe.StartAsync(settings: [(setting, value ?? secret.PadRight(40, 'x'))]);

        Assert.DoesNotContain(
            secret,
            Log($"it was {value ?? secret.PadRight(40, 'x')} and {secret.PadRight(value is null ? 40 : 0, 'x')}", null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_secret_stays()
    {
        const string Text =
            "Listening on http://127.0.0.1:8000 for user 'aitrader_app' at postgres:5432, wait_for_database, token 12:30:00";

        Assert.Equal(Text, SecretScrub.Clean(Text));
    }

    [Fact]
    public void A_bug_shows_its_stack_and_an_outage_does_not()
    {
        var bug = JsonElement.Parse(Log("failed", Thrown(new InvalidOperationException("wrong"))));
        Assert.Contains(nameof(Thrown), bug.GetProperty("exception").GetProperty("stack").GetString(), StringComparison.Ordinal);
        var outage = JsonElement.Parse(Log("failed", Thrown(new InvalidOperationException("no database", new SocketException(111)))));
        Assert.False(outage.GetProperty("exception").TryGetProperty("stack", out _));
        Assert.StartsWith("no database (", outage.GetProperty("exception").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown(InvalidOperationException failure)
    {
        try
        {
            throw failure;
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }

    private static string Log(string message, Exception? failure, params (string Name, object? Value)[] values)
    {
        using var text = new StringWriter();
        var state = values.Select(static value => KeyValuePair.Create(value.Name, value.Value)).ToList();
        var entry = new LogEntry<List<KeyValuePair<string, object?>>>(
            LogLevel.Warning,
            "AITrader.Probe",
            new EventId(7, "Happened"),
            state,
            failure,
            (_, _) => message
        );
        Formatter.Write(entry, scopeProvider: null, text);
        return text.ToString();
    }
}
