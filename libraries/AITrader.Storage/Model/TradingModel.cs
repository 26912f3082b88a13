using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Signals, decisions, orders and the books. The checks protect money against every writer.</summary>
internal static class TradingModel
{
    private static readonly string SideRule = Columns.OneOf("side", "BUY", "SELL");

    public static void Configure(ModelBuilder model)
    {
        Signals(model);
        Decisions(model);
        Orders(model);
        OrderEvents(model);
        Executions(model);
        Trades(model);
        Account(model);
        RunModel.Configure(model);
    }

    private static void Signals(ModelBuilder model) =>
        model.Entity<SignalRow>(static signal =>
        {
            signal.ToTable("signals", static table =>
                table.Must("direction", Columns.OneOf("direction", "BULLISH", "BEARISH")).Must("score", "score >= 0 AND score <= 1")
            );
            signal.Property(static row => row.Direction).IsDirection();
            signal.Property(static row => row.Price).IsExact();
            signal.Property(static row => row.Features).IsJson();
            signal.HasIndex(static row => new { row.Timestamp, row.Id });
            signal.HasIndex(static row => new { row.Symbol, row.Timestamp });
            signal.HasIndex(static row => new { row.Run, row.Seq });
        });

    private static void Decisions(ModelBuilder model) =>
        model.Entity<DecisionRow>(static decision =>
        {
            decision.ToTable("decisions", static table =>
                table
                    .Must("action", Columns.OneOf("action", "BUY", "SELL", "HOLD"))
                    .Must("hold_has_no_order", "action <> 'HOLD' OR order_id IS NULL")
            );
            decision.Property(static row => row.Factors).IsJson();
            decision.Property(static row => row.Provenance).IsJson();
            decision.HasIndex(static row => row.SignalId).IsUnique();
            decision.HasIndex(static row => new { row.Symbol, row.Timestamp });
            decision.HasIndex(static row => row.Timestamp);
            decision.HasOne<SignalRow>().WithMany().HasForeignKey(static row => row.SignalId).OnDelete(DeleteBehavior.Restrict);
        });

    private static void Orders(ModelBuilder model) =>
        model.Entity<OrderRow>(static order =>
        {
            order.ToTable("orders", static table => table
                    .Must("side", SideRule)
                    .Must("status", Columns.OneOf("status", OrderStatuses.All))
                    // A refused order is kept as it was asked for: it never trades.
                    .Must("qty", "qty > 0 OR status = 'DENIED'")
                    .Must("price", "price > 0 OR price IS NULL OR status = 'DENIED'")
                    .Must("limit_has_price", "type NOT IN ('LIMIT', 'STOP_LIMIT', 'ICEBERG') OR price IS NOT NULL OR status = 'DENIED'")
                    .Must("reduced_qty", "reduced_qty >= 0")
                    .Must("filled_qty", "filled_qty >= 0"));
            order.Property(static row => row.Side).IsSide();
            order.Property(static row => row.TimeInForce).HasColumnName("tif");
            order.Property(static row => row.Quantity).HasColumnName("qty").IsExact();
            order.Property(static row => row.Price).IsExact();
            order.Property(static row => row.Conditions).IsJson();
            order.Property(static row => row.Held).IsJson();
            order.Property(static row => row.Change).IsJson();
            order.Property(static row => row.ReducedQuantity).HasColumnName("reduced_qty").IsExact();
            order.Property(static row => row.ReferencePrice).IsExact();
            order.Property(static row => row.FilledQuantity).HasColumnName("filled_qty").IsMarketNumber();
            order.Property(static row => row.AveragePrice).IsExact();
            order.HasIndex(static row => row.ClientOrderId).IsUnique();
            order.HasIndex(static row => new { row.CreatedAt, row.Id });
            order.HasIndex(static row => new { row.Symbol, row.CreatedAt });
            order.HasIndex(static row => row.DecisionId);
            order.HasIndex(static row => row.Status);
        });

    private static void OrderEvents(ModelBuilder model) =>
        model.Entity<OrderEventRow>(static change =>
        {
            change.ToTable("order_events", static table => table.Must("status", Columns.OneOf("status", OrderStatuses.All)));
            change.Property(static row => row.Id).UseIdentityByDefaultColumn();
            change.Property(static row => row.Quantity).HasColumnName("qty").IsMarketNumber();
            change.Property(static row => row.Price).IsMarketNumber();
            change.HasIndex(static row => new { row.OrderId, row.Id });
            change.HasIndex(static row => row.RequestId).HasFilter("request_id IS NOT NULL");
            change.HasOne<OrderRow>().WithMany().HasForeignKey(static row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
        });

    private static void Executions(ModelBuilder model) =>
        model.Entity<ExecutionRow>(static execution =>
        {
            execution.ToTable("executions", static table =>
                table
                    .Must("side", SideRule)
                    .Must("qty", "qty > 0")
                    .Must("price", "price > 0")
                    .Must("liquidity", Columns.OneOf("liquidity", "maker", "taker"))
            );
            execution.HasKey(static row => row.ExecId);
            execution.Property(static row => row.Side).IsSide();
            execution.Property(static row => row.Quantity).HasColumnName("qty").IsMarketNumber();
            execution.Property(static row => row.Price).IsMarketNumber();
            execution.Property(static row => row.Fee).IsExact();
            execution.Property(static row => row.Rate).IsExact().HasDefaultValue(1m);
            execution.Property(static row => row.AccountId).HasDefaultValue(AccountRow.LiveAccount);
            execution.HasIndex(static row => new { row.AccountId, row.TradeId });
            execution.HasOne<AccountRow>().WithMany().HasForeignKey(static row => row.AccountId).OnDelete(DeleteBehavior.Restrict);
            execution.HasIndex(static row => row.OrderId);
            execution.HasIndex(static row => row.TradeId).IsUnique();
            execution.HasIndex(static row => new { row.Run, row.Seq });
            execution.HasIndex(static row => row.Timestamp);
            execution.HasOne<OrderRow>().WithMany().HasForeignKey(static row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
            execution.HasOne(static row => row.Trade).WithMany().HasForeignKey(static row => row.TradeId).OnDelete(DeleteBehavior.Restrict);
        });

    private static void Trades(ModelBuilder model) =>
        model.Entity<TradeRow>(static trade =>
        {
            trade.ToTable("trades", static table => table.Must("side", SideRule).Must("qty", "qty > 0").Must("price", "price > 0"));
            trade.HasKey(static row => row.TradeId);
            trade.Property(static row => row.TradeId).UseSerialColumn();
            trade.Property(static row => row.Side).IsSide();
            trade.Property(static row => row.Quantity).HasColumnName("qty").IsMarketNumber();
            trade.Property(static row => row.Price).IsMarketNumber();
            trade.Property(static row => row.Fees).IsExact();
            trade.Property(static row => row.Pnl).IsExact();
            trade.Property(static row => row.RunId).HasDefaultValue(string.Empty);
            trade.HasIndex(static row => row.Timestamp);
            trade.HasIndex(static row => new { row.Symbol, row.Timestamp });
            trade.HasIndex(static row => new { row.RunId, row.TradeId });
        });

    private static void Account(ModelBuilder model)
    {
        model.Entity<PositionRow>(static position =>
        {
            position.ToTable("positions", static table => table.Must("average_price", "average_price >= 0"));
            position.HasKey(static row => new { row.AccountId, row.Symbol });
            position.Property(static row => row.AccountId).HasDefaultValue(AccountRow.LiveAccount);
            position.HasOne<AccountRow>().WithMany().HasForeignKey(static row => row.AccountId).OnDelete(DeleteBehavior.Restrict);
            position.Property(static row => row.Quantity).HasColumnName("qty").IsMarketNumber();
            position.Property(static row => row.AveragePrice).IsExact();
            position.Property(static row => row.RealisedPnl).IsExact();
            position.Property(static row => row.Fees).IsExact();
            position.Property(static row => row.LastPrice).IsExact();
        });
        model.Entity<AccountRow>(static account =>
        {
            account.ToTable("accounts", static table =>
                table
                    .Must("live_is_first", "(run = '') = (id = 1)")
                    .Must("initial_cash", "initial_cash >= 0")
                    .Must(
                        "trading_state",
                        Columns.OneOf("trading_state", TradingStates.Active, TradingStates.Reducing, TradingStates.Halted)
                    )
            );
            account.Property(static row => row.Id).UseIdentityByDefaultColumn().HasIdentityOptions(startValue: AccountRow.LiveAccount + 1);
            account.Property(static row => row.Run).HasDefaultValue(string.Empty);
            account.HasIndex(static row => row.Run).IsUnique();
            account.Property(static row => row.InitialCash).IsExact();
            account.Property(static row => row.Cash).IsExact();
            account.Property(static row => row.RealisedPnl).IsExact();
            account.Property(static row => row.Fees).IsExact();
            account.Property(static row => row.LossBase).IsJson();
        });
    }
}
