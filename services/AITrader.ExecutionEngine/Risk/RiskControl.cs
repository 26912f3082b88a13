using System.Collections.Immutable;
using System.Text.Json;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Risk;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Risk;

/// <summary>The settings' limits: what is stored narrows them.</summary>
internal sealed record RiskCeiling(RiskLimits Limits);

/// <summary>Follows the limits and kill switches that the gateway stores.</summary>
internal sealed class RiskControl(RiskReader reader, RiskCeiling ceiling, ILogger<RiskControl> log)
{
    private string _applied = string.Empty;

    /// <summary>Applies what is stored now, whatever was applied before.</summary>
    public Task<IReadOnlyList<TradingOutcome>> ApplyAsync(TradingDesk desk, CancellationToken ct)
    {
        _applied = string.Empty;
        return FollowAsync(desk, ct);
    }

    /// <summary>Applies what is stored where it has changed, and returns the orders that it cancelled.</summary>
    public async Task<IReadOnlyList<TradingOutcome>> FollowAsync(TradingDesk desk, CancellationToken ct)
    {
        var state = await reader.ReadAsync(ct);
        var version = VersionOf(state);
        if (version == _applied)
        {
            return [];
        }

        var account = ceiling.Limits.Tightest(LimitsOf(state, RiskScopes.Account).GetValueOrDefault(string.Empty, RiskLimits.Unlimited));
        desk.SetLimits(account, new LimitLayers(LimitsOf(state, RiskScopes.Strategy), LimitsOf(state, RiskScopes.Symbol)));
        var names = state.Kills.Select(static kill => kill.Strategy).ToImmutableHashSet(StringComparer.Ordinal);
        var outcomes = desk.SetKillSwitch(new KillSwitch(names.Contains(string.Empty), names.Remove(string.Empty)));
        log.RiskApplied(state.Limits.Count, account.Bounds.ToString(), string.Join(' ', state.Kills.Select(NameOf)), outcomes.Count);
        _applied = version;
        return outcomes;
    }

    private static string NameOf(KillSwitchRow kill) => kill.Strategy.Length > 0 ? kill.Strategy : RiskScopes.Account;

    private static string VersionOf(RiskState state) =>
        string.Join(
            ';',
            state
                .Limits.Select(static row => FormattableString.Invariant($"{row.Scope}/{row.Name}/{row.Version}"))
                .Concat(state.Kills.Select(static row => $"kill/{row.Strategy}"))
                .Prepend("stored")
        );

    private Dictionary<string, RiskLimits> LimitsOf(RiskState state, string scope) =>
        state.Limits.Where(row => row.Scope == scope).ToDictionary(static row => row.Name, Read, StringComparer.Ordinal);

    // What cannot be read, because a newer release wrote it, must not open anything: no order that adds risk passes.
    private RiskLimits Read(RiskLimitRow row)
    {
        var limits = NamedLimits.Read(JsonSerializer.Deserialize(row.Limits, RiskJson.Default.DictionaryStringDecimal)!, out var problem);
        if (problem.Length == 0)
        {
            return limits;
        }

        log.LimitsUnreadable(row.Scope, row.Name, problem);
        return RiskLimits.Unlimited with { MaxOrderNotional = 0m };
    }
}
