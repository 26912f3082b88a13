using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>Reads stored decisions.</summary>
internal static class StoredDecision
{
    /// <summary>Makes a decision again from its record.</summary>
    public static RecomputedDecision Recompute(DecisionRow row) =>
        DecisionBasis
            .Read(JsonDocument.Parse(row.Provenance).RootElement.GetProperty("basis"))
            .Recompute(
                Enum.Parse<DecisionAction>(row.Action, ignoreCase: true),
                row.Score,
                row.Reason,
                JsonDocument
                    .Parse(row.Factors)
                    .RootElement.EnumerateArray()
                    .ToDictionary(
                        static factor => factor.GetProperty("name").GetString()!,
                        static factor => factor.GetProperty("contribution").GetDecimal()
                    )
            );
}
