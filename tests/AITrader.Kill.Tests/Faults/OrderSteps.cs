namespace AITrader.Kill.Tests.Faults;

/// <summary>The labelled steps of an order's way to the broker and back, as the execution engine's OrderPath names them.</summary>
internal static class OrderSteps
{
    public const string Taken = "order.taken";

    public static IReadOnlyList<string> All { get; } =
    [
        Taken,
        "order.committed",
        "order.sending",
        "order.sent",
        "order.answered",
        "answer.committed",
        "cancel.sending",
        "cancel.sent",
        "change.sending",
        "change.sent",
        "news.read",
        "news.taken",
        "news.committed",
    ];
}
