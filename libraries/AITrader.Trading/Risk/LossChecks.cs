namespace AITrader.Trading.Risk;

/// <summary>Limits of losses, as <see cref="LossWatch"/> found them.</summary>
internal static class LossChecks
{
    public static Denial? Loss(RiskContext context) => context.Loss;
}
