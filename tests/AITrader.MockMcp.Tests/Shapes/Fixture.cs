using System.Text.Json;
using AITrader.TestSupport;

namespace AITrader.MockMcp.Tests.Shapes;

/// <summary>A recorded answer of Kite, and the comparison of another answer with its shape.</summary>
internal static class Fixture
{
    /// <summary>The data of a recorded answer; skips the test where the recordings are absent.</summary>
    public static JsonElement Data(string name) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.Require($"kite/rest/{name}"))).RootElement.GetProperty("data").Clone();

    /// <summary>Every field of the recorded answer is in the other one, with the same kind of value; null may stand for any.</summary>
    public static void SameShape(JsonElement recorded, JsonElement answer, string path = "$", params string[] except)
    {
        if (recorded.ValueKind == JsonValueKind.Null || answer.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        Assert.True(Kind(recorded) == Kind(answer), $"{path}: recorded {recorded.ValueKind}, here {answer.ValueKind}");
        if (recorded.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in recorded.EnumerateObject().Where(field => !except.Contains(field.Name)))
            {
                Assert.True(answer.TryGetProperty(field.Name, out var same), $"{path}.{field.Name} is missing");
                SameShape(field.Value, same, $"{path}.{field.Name}", except);
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Array && recorded.GetArrayLength() > 0 && answer.GetArrayLength() > 0)
        {
            SameShape(recorded[0], answer[0], $"{path}[0]", except);
        }
        else if (recorded.ValueKind == JsonValueKind.String && recorded.GetString() is { Length: 19 } text && text[4] == '-')
        {
            Assert.Equal(text.Length, answer.GetString()!.Length);
        }
    }

    private static JsonValueKind Kind(JsonElement json) => json.ValueKind == JsonValueKind.False ? JsonValueKind.True : json.ValueKind;
}
