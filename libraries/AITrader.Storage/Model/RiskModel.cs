using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Limits, their proposals, and what is switched off.</summary>
internal static class RiskModel
{
    public static void Configure(ModelBuilder model)
    {
        var scopes = Columns.OneOf("scope", RiskScopes.Account, RiskScopes.Strategy, RiskScopes.Symbol);
        model.Entity<RiskLimitRow>(limit =>
        {
            limit.ToTable("risk_limits", table => table.Must("scope", scopes).Must("name", "(scope = 'account') = (name = '')"));
            limit.HasKey(static row => new { row.Scope, row.Name });
            limit.Property(static row => row.Limits).IsJson();
            limit.Property(static row => row.Version).IsConcurrencyToken();
        });
        model.Entity<RiskProposalRow>(proposal =>
        {
            proposal.ToTable("risk_proposals", table => table.Must("scope", scopes));
            proposal.Property(static row => row.Limits).IsJson();
            proposal.HasIndex(static row => row.ExpiresAt);
        });
        model.Entity<KillSwitchRow>(static kill =>
        {
            kill.ToTable("kill_switches");
            kill.HasKey(static row => row.Strategy);
        });
    }
}
