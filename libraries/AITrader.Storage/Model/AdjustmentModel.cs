using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Splits and dividends.</summary>
internal static class AdjustmentModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<AdjustmentRow>(static adjustment =>
        {
            adjustment.ToTable("adjustments", static table => table
                    .Must("kind", Columns.OneOf("kind", AdjustmentKinds.Split, AdjustmentKinds.Dividend))
                    .Must("state", Columns.OneOf("state", AdjustmentStates.Requested, AdjustmentStates.Booked, AdjustmentStates.Refused))
                    .Must(
                        "terms",
                        """
                        (kind = 'split') = (coalesce(new_units, 0) > 0 AND coalesce(old_units, 0) > 0)
                        AND (kind = 'dividend') = (coalesce(per_unit, 0) > 0)
                        """
                    )
                    .Must("withheld", "withheld >= 0 AND withheld <= 1")
                    .Must("booked", "(state = 'BOOKED') = (number IS NOT NULL AND after_trade IS NOT NULL)"));
            adjustment.Property(static row => row.CashPrice).IsExact();
            adjustment.Property(static row => row.PerUnit).IsExact();
            adjustment.Property(static row => row.Withheld).IsExact();
            adjustment.Property(static row => row.LotSize).IsExact();
            adjustment.Property(static row => row.Rate).IsExact();
            adjustment.Property(static row => row.QuantityBefore).IsExact();
            adjustment.Property(static row => row.QuantityAfter).IsExact();
            adjustment.Property(static row => row.Amount).IsExact();
            adjustment.Property(static row => row.Realised).IsExact();
            adjustment.HasIndex(static row => new { row.AccountId, row.Number }).IsUnique();
            adjustment.HasIndex(static row => row.State);
            adjustment.HasOne<AccountRow>().WithMany().HasForeignKey(static row => row.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
}
