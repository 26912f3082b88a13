using AITrader.Storage.Flags;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Flags;

/// <summary>A flag and what it is set to; without a time of change nobody has set it, and its default holds.</summary>
public sealed record FlagResponse(string Name, bool Enabled, bool Default, string Description, DateTimeOffset? UpdatedAt)
{
    internal static FlagResponse Of(FeatureFlag flag, FeatureFlagRow? row) =>
        new(flag.Name, row?.Enabled ?? flag.Default, flag.Default, flag.Description, row?.UpdatedAt);
}

/// <summary>Every flag that there is.</summary>
public sealed record FlagListResponse(IReadOnlyList<FlagResponse> Items);

/// <summary>Sets a flag.</summary>
public sealed record FlagRequest(bool Enabled);
