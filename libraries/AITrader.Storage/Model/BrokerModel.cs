using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>What is at a broker.</summary>
internal static class BrokerModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<BrokerOrderRow>(static part =>
        {
            part.ToTable("broker_orders", static table =>
                table
                    .Must(
                        "state",
                        Columns.OneOf(
                            "state",
                            BrokerOrderStates.Intended,
                            BrokerOrderStates.Unknown,
                            BrokerOrderStates.Working,
                            BrokerOrderStates.Done
                        )
                    )
                    .Must("side", Columns.OneOf("side", "BUY", "SELL"))
                    .Must("qty", "qty > 0")
                    .Must("filled_qty", "filled_qty >= 0")
                    .Must("unknown_since", "(state = 'UNKNOWN') = (unknown_since IS NOT NULL)")
            );
            part.Property(static row => row.Side).IsSide();
            part.Property(static row => row.Quantity).HasColumnName("qty").IsExact();
            part.Property(static row => row.Price).IsExact();
            part.Property(static row => row.TriggerPrice).IsExact();
            part.Property(static row => row.FilledQuantity).HasColumnName("filled_qty").IsMarketNumber();
            part.HasIndex(static row => new { row.OrderId, row.Part }).IsUnique();
            part.HasIndex(static row => new { row.Broker, row.Tag }).IsUnique();
            part.HasIndex(static row => new { row.Broker, row.State });
            part.HasOne<OrderRow>().WithMany().HasForeignKey(static row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
}
