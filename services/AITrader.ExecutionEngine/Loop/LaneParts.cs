using AITrader.Contracts;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.DeadMan;
using AITrader.ExecutionEngine.Orders;
using AITrader.ExecutionEngine.Reconciliation;
using AITrader.ExecutionEngine.Risk;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>What the loop of a lane works with; nothing of it is shared with the other.</summary>
internal sealed record LaneParts(AccountLoader Loader, AccountGuard Guard, SessionParts Session)
{
    public static LaneParts Create(IServiceProvider services, Lane lane)
    {
        var risk = ActivatorUtilities.CreateInstance<RiskControl>(services);
        var guard = ActivatorUtilities.CreateInstance<AccountGuard>(services, risk);
        return new LaneParts(
            ActivatorUtilities.CreateInstance<AccountLoader>(services, risk, lane),
            guard,
            ActivatorUtilities.CreateInstance<SessionParts>(
                services,
                lane,
                ActivatorUtilities.CreateInstance<Committer>(services, lane),
                ActivatorUtilities.CreateInstance<OrderIntake>(services),
                guard,
                new Quarantine(),
                ActivatorUtilities.CreateInstance<DeadManTimer>(services)
            )
        );
    }
}
