using System.Reflection;

namespace AITrader.Learning.Publishing;

/// <summary>What a card says beside what the training knows.</summary>
/// <param name="Model">Name of the model in the repository.</param>
/// <param name="Sources">Files or stored ranges that the prices came from.</param>
/// <param name="Command">What trains it again.</param>
/// <param name="TrainedAt">When it was trained.</param>
public sealed record TrainingOrigin(string Model, IReadOnlyList<string> Sources, string Command, DateTimeOffset TrainedAt)
{
    /// <summary>Step of the prices, in words.</summary>
    public string Every { get; init; } = "trade by trade";

    /// <summary>The job that trained it; null where none did.</summary>
    public Guid? Job { get; init; }

    /// <summary>Licence and origin of the prices; null where they are the user's own.</summary>
    public string? Licence { get; init; }

    /// <summary>Version of the code that trains.</summary>
    internal static string Code { get; } =
        typeof(TrainingOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
