using AITrader.Advice.Questions;

namespace AITrader.Advice.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    public static Guid Document(int number) => new(number, 0, 0, new byte[8]);

    public static AdviceQuestion Question(params string[] passages) =>
        new(
            "TCS",
            Noon,
            "ema_cross",
            0.4,
            new Dictionary<string, double> { ["trend"] = 0.3, ["forecast"] = -0.1 },
            10,
            [.. passages.Select(static (text, at) => new QuotedPassage(Document(at + 1), "news:wire", "Title", text, Noon))]
        );
}
