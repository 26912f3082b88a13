using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Shapes;

/// <summary>Positions, holdings and margins as Kite shows them.</summary>
internal static class AccountShape
{
    public static (IReadOnlyList<PositionRow> Net, IReadOnlyList<PositionRow> Day) Positions(Account account, MarketBoard board)
    {
        var all = account.Positions.OrderBy(static held => held.Symbol, StringComparer.Ordinal).ToList();
        return (
            [.. all.Select(held => PositionRow.Net(held, Last(board, held.Token), Close(board, held)))],
            [
                .. all.Where(static held => held.DayBuyQuantity + held.DaySellQuantity > 0)
                    .Select(held => PositionRow.Day(held, Last(board, held.Token), Close(board, held))),
            ]
        );
    }

    public static IReadOnlyList<HoldingRow> Holdings(Account account, MarketBoard board, DateTimeOffset now) =>
        [
            .. account
                .Holdings.OrderBy(static holding => holding.Symbol, StringComparer.Ordinal)
                .Select(holding =>
                    HoldingRow.Of(
                        holding,
                        Math.Max(0, -(account.Position(holding.Symbol, "CNC")?.Quantity ?? 0)),
                        board.Entries[holding.Token],
                        IndianTime.DateOf(now)
                    )
                ),
        ];

    public static object Summary(IReadOnlyList<HoldingRow> holdings)
    {
        var invested = holdings.Sum(static row => row.Quantity * row.AveragePrice);
        var current = holdings.Sum(static row => row.Quantity * row.LastPrice);
        var before = holdings.Sum(static row => row.Quantity * row.ClosePrice);
        return new
        {
            TotalPnl = current - invested,
            TotalPnlPercent = Percent(current - invested, invested),
            TodayPnl = current - before,
            TodayPnlPercent = Percent(current - before, before),
            InvestedAmount = invested,
            CurrentValue = current,
        };
    }

    public static object Equity(Account account, Rms rms, MarketBoard board)
    {
        var unrealised = account
            .Positions.Where(static held => held.Product != "CNC")
            .Sum(held => held.Quantity * (Last(board, held.Token) - held.AveragePrice));
        return Segment(
            account.OpeningBalance,
            rms.Available,
            rms.Used(),
            account.Realised,
            unrealised,
            Math.Max(0, -account.DeliveryDebit)
        );
    }

    public static object Commodity() => Segment(0, 0, 0, 0, 0, 0);

    public static object Margin(OrderTicket ticket, decimal price)
    {
        var margin = Margins.Of(ticket, ticket.Quantity, price);
        return new
        {
            Type = "equity",
            Tradingsymbol = ticket.Symbol,
            ticket.Exchange,
            Span = 0,
            Exposure = 0,
            OptionPremium = 0,
            Additional = 0,
            Bo = 0,
            Cash = 0,
            Var = margin,
            Pnl = new { Realised = 0, Unrealised = 0 },
            Leverage = Margins.Leverage(ticket),
            Charges = Charges.Of(ticket.Product, ticket.IsBuy, ticket.Quantity * price),
            Total = margin,
        };
    }

    public static object CompactMargin(OrderTicket ticket, decimal price) =>
        new
        {
            Type = "equity",
            Tradingsymbol = ticket.Symbol,
            ticket.Exchange,
            Total = Margins.Of(ticket, ticket.Quantity, price),
        };

    private static object Segment(decimal opening, decimal net, decimal debits, decimal realised, decimal unrealised, decimal sales) =>
        new
        {
            Enabled = true,
            Net = net,
            Available = new
            {
                AdhocMargin = 0,
                Cash = opening,
                OpeningBalance = opening,
                LiveBalance = net,
                Collateral = 0,
                IntradayPayin = 0,
            },
            Utilised = new
            {
                Debits = debits,
                Exposure = 0,
                M2mRealised = realised,
                M2mUnrealised = unrealised,
                OptionPremium = 0,
                Payout = 0,
                Span = 0,
                HoldingSales = sales,
                Turnover = 0,
                LiquidCollateral = 0,
                StockCollateral = 0,
                Delivery = 0,
            },
        };

    private static decimal Last(MarketBoard board, uint token) => board.Entries[token].Snapshot.LastPrice;

    // Kite has no previous close where nothing was carried over.
    private static decimal Close(MarketBoard board, PositionState held) =>
        held.Overnight == 0 ? 0 : board.Entries[held.Token].Snapshot.Close;

    private static decimal Percent(decimal part, decimal whole) => whole == 0 ? 0 : 100 * part / whole;
}
