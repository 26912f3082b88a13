using System.Net;

namespace AITrader.MockMcp.Tests;

public sealed class GttTests
{
    [Fact]
    public async Task A_trigger_is_set_changed_and_deleted()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var id = await GttCalls.SetAsync(kite, "single", [1650]);
        await kite.SendAsync(HttpMethod.Put, $"gtt/triggers/{id}", await GttCalls.FieldsAsync(kite, "single", [1660]));
        var gtt = await kite.GetAsync($"gtt/triggers/{id}");
        Assert.Equal(
            (1660m, "active"),
            (gtt.GetProperty("condition").GetProperty("trigger_values")[0].GetDecimal(), gtt.GetProperty("status").GetString())
        );
        Assert.Single((await kite.GetAsync("gtt/triggers")).EnumerateArray());
        var (status, body) = await kite.SendAsync(HttpMethod.Delete, $"gtt/triggers/{id}");
        Assert.Equal((HttpStatusCode.OK, id), (status, body.GetProperty("data").GetProperty("trigger_id").GetInt32()));
        Assert.Empty((await kite.GetAsync("gtt/triggers")).EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await kite.SendAsync(HttpMethod.Delete, $"gtt/triggers/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await kite.SendAsync(HttpMethod.Get, "gtt/triggers/1")).Status);
    }

    [Fact]
    public async Task A_reached_trigger_places_its_order_once()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, _, last) = await kite.PricesAsync();
        var trigger = decimal.Round(last * 1.003m * 20) / 20;
        var id = await GttCalls.SetAsync(kite, "two-leg", [1420, trigger]);
        for (var step = 0; step < 30 && (await kite.GetAsync($"gtt/triggers/{id}")).GetProperty("status").GetString() == "active"; step++)
        {
            Assert.Empty((await kite.GetAsync("orders")).EnumerateArray());
            await mock.StepAsync(1000);
        }

        var gtt = await kite.GetAsync($"gtt/triggers/{id}");
        Assert.Equal("triggered", gtt.GetProperty("status").GetString());
        var order = Assert.Single((await kite.GetAsync("orders")).EnumerateArray());
        var result = gtt.GetProperty("orders")[1].GetProperty("result");
        Assert.Equal(order.GetProperty("order_id").GetString(), result.GetProperty("order_result").GetProperty("order_id").GetString());
        Assert.True(result.GetProperty("triggered_at").GetDecimal() >= trigger);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, gtt.GetProperty("orders")[0].GetProperty("result").ValueKind);
    }

    [Theory]
    [InlineData("single", 1568.0)]
    [InlineData("two-leg", 1650.0, 1700.0)]
    [InlineData("two-leg", 1650.0)]
    [InlineData("three-leg", 1650.0)]
    public async Task A_trigger_that_makes_no_sense_is_refused(string type, params double[] triggers)
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (status, body) = await kite.SendAsync(
            HttpMethod.Post,
            "gtt/triggers",
            await GttCalls.FieldsAsync(kite, type, [.. triggers.Select(static value => (decimal)value)])
        );
        Assert.Equal((HttpStatusCode.BadRequest, "InputException"), (status, body.GetProperty("error_type").GetString()));
    }
}
