using System.Globalization;

namespace AITrader.Kill.Tests;

/// <summary>What a case came to.</summary>
/// <param name="Case">Its number.</param>
/// <param name="Fault">What was done.</param>
/// <param name="RecoverySeconds">From the fault until the next order had reached the exchange.</param>
/// <param name="Orders">Orders that the exchange got meanwhile.</param>
/// <param name="Trades">Trades there.</param>
/// <param name="Denied">Orders that a check denied, by its code.</param>
/// <param name="Findings">What the judge found.</param>
internal sealed record CaseResult(
    int Case,
    string Fault,
    double RecoverySeconds,
    int Orders,
    int Trades,
    IReadOnlyDictionary<string, int> Denied,
    IReadOnlyList<string> Findings
)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"case {Case}: {Fault}; {RecoverySeconds:0.0} s; {Orders} orders, {Trades} trades, {(Denied.Count == 0 ? "none denied" : string.Join(", ", Denied.Select(static code => $"{code.Value} {code.Key}")))}{(Findings.Count == 0 ? string.Empty : $"; {Findings.Count} findings: {string.Join("; ", Findings.Take(5))}")}"
        );
}
