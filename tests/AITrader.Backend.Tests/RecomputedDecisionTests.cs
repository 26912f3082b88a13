using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Decisions;

namespace AITrader.Backend.Tests;

/// <summary>Decisions that carry all that they followed from.</summary>
public sealed class RecomputedDecisionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_with_its_record_is_made_again_and_one_that_was_tampered_with_is_found()
    {
        var input = new DecisionInput
        {
            Terms = null,
            Pattern = "ema_cross",
            Direction = 1,
            PatternScore = 0.5,
            Price = 100m,
            EmaFast = 1,
            EmaSlow = 1,
            Rsi = 50,
            Atr = 1,
            Trades = 500,
            Exposure = 0m,
            Recent = [new RecentSignal("breakout", 1, 0.6, GatewayFixture.Time.AddSeconds(-15), IsRepeat: false)],
            Regime = new RegimeReading(0.8, 1, 1),
            EventTime = GatewayFixture.Time,
        };
        var made = DecisionModel.Decide(input, DecisionRules.Default);
        var basis = new DecisionBasis(input, DecisionRules.Default).Write().GetRawText();
        await AddDecisionAsync("whole", made, basis, made.Score);
        await AddDecisionAsync("bent", made, basis, made.Score + 0.1m);

        var whole = await GetAsync($"/api/v1/decisions/{GatewayFixture.Id("whole")}/recomputed");
        Assert.True(whole.GetProperty("same").GetBoolean());
        Assert.Equal(0, whole.GetProperty("differences").GetArrayLength());
        Assert.Equal(("HOLD", made.Score), (whole.GetProperty("action").GetString(), whole.GetProperty("score").GetDecimal()));
        Assert.Equal(
            made.Factors.Select(static factor => (factor.Name, factor.Contribution)),
            whole
                .GetProperty("factors")
                .EnumerateArray()
                .Select(static factor => (factor.GetProperty("name").GetString()!, factor.GetProperty("contribution").GetDecimal()))
        );

        var bent = await GetAsync($"/api/v1/decisions/{GatewayFixture.Id("bent")}/recomputed");
        Assert.False(bent.GetProperty("same").GetBoolean());
        Assert.StartsWith("score: ", Assert.Single(bent.GetProperty("differences").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    private async Task AddDecisionAsync(string name, Decision made, string basis, decimal score)
    {
        await using var db = fixture.Gateway.NewContext();
        db.Signals.Add(
            new SignalRow
            {
                Id = GatewayFixture.Id($"signal of {name}"),
                Symbol = "BTCUSDT",
                Score = 0.5,
                Timestamp = GatewayFixture.Time,
                Pattern = "ema_cross",
                Direction = Domain.Signals.SignalDirection.Bullish,
                Price = 100m,
                TickId = "run:1",
            }
        );
        db.Decisions.Add(
            new DecisionRow
            {
                Id = GatewayFixture.Id(name),
                SignalId = GatewayFixture.Id($"signal of {name}"),
                Symbol = "BTCUSDT",
                Action = made.Action.ToString().ToUpperInvariant(),
                Score = (double)score,
                Reason = made.Reason,
                Factors = JsonSerializer.Serialize(
                    made.Factors.Select(static factor => new
                    {
                        name = factor.Name,
                        weight = factor.Weight,
                        value = factor.Value,
                        contribution = factor.Contribution,
                        note = factor.Note,
                    })
                ),
                Provenance = $$"""{"basis":{{basis}}}""",
                Timestamp = GatewayFixture.Time,
                DecidedAt = GatewayFixture.Time,
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await fixture.Client.GetAsync(path, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return await Gateway.JsonAsync(answer);
    }
}
