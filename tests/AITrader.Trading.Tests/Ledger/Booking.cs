using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Ledger;

/// <summary>One random thing that happens to an account.</summary>
/// <param name="Kind">0 to 5 a fill, 6 a split, 7 a dividend, 8 a transfer, 9 a fee of no fill.</param>
internal sealed record Booking(int Kind, int Symbol, int Quantity, int Price, int Fee, int Ratio)
{
    public static Gen<Booking[]> Many { get; } = One().ArrayOf();

    public string Name => $"S{Symbol}";

    public decimal Amount => Price * 0.01m;

    public Fill Fill => Executions.Of(Quantity == 0 ? 0.001m : Quantity * 0.001m, Amount, Fee * 0.00000001m, Name);

    public StockSplit Split =>
        new(Name, 1 + (Ratio % 7), 1 + (Ratio / 7 % 7), Make.Start) { LotSize = Ratio % 3 == 0 ? 0.001m : 0.00000001m, CashPrice = Amount };

    public CashDividend Dividend => new(Name, Fee * 0.0001m + 0.0001m, Make.Start) { Withheld = Ratio % 4 * 0.1m };

    public void To(AccountLedger ledger)
    {
        switch (Kind)
        {
            case 6:
                ledger.Split(Split);
                break;
            case 7:
                ledger.Pay(Dividend);
                break;
            case 8:
                ledger.Transfer(Quantity * 0.01m);
                break;
            case 9:
                ledger.Charge(Fee * 0.0001m);
                break;
            default:
                ledger.Book(Fill);
                break;
        }
    }

    private static Gen<Booking> One() =>
        from kind in Gen.Choose(0, 9)
        from symbol in Gen.Choose(0, 1)
        from quantity in Gen.Choose(-3_000, 3_000)
        from price in Gen.Choose(1, 90_000)
        from fee in Gen.Choose(0, 100_000)
        from ratio in Gen.Choose(0, 200)
        select new Booking(kind, symbol, quantity, price, fee, ratio);
}
