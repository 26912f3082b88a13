using System.ComponentModel.DataAnnotations;

namespace AITrader.Storage.Outbox;

/// <summary>Which outbox rows are this service's, and how many go at once.</summary>
public sealed class OutboxOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>Name of the service: rows are published by the service that wrote them. Default: the application's name.</summary>
    [Required]
    public string Source { get; set; } = string.Empty;

    /// <summary>Rows in one publication. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;
}
