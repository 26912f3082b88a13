using AITrader.Trading.Ledger;
using AITrader.Trading.Ledger.Currencies;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Ledger;

public sealed class MultiCurrencyAccountTests
{
    // LEAN's issue 9782: the cash for the half share was added as 10 EUR.
    [Fact]
    public void Cash_for_a_left_over_is_in_the_currency_of_the_instrument()
    {
        var rates = Rates();
        var account = new MultiCurrencyAccount("EUR", 1_027m, rates);
        account.Exchange(27m, "EUR", "USD", 1m / 0.9m);
        account.Book(Executions.Of(3m, 10m, symbol: "US"), "USD");
        Assert.Equal((1_000m, 0m), (account.Ledgers["EUR"].Cash, account.Ledgers["USD"].Cash));
        Assert.Equal(1_027m, account.Equity(static _ => 10m, Make.Start));

        account.Split(new StockSplit("US", 1, 2, Make.Start) { CashPrice = 20m });
        Assert.Equal(1_027m, account.Equity(static _ => 20m, Make.Start));
        account.Exchange(10m, "USD", "EUR", 0.9m);
        Assert.Equal(1_009m, account.Ledgers["EUR"].Cash);
        Assert.Equal(1_027m, account.Equity(static _ => 20m, Make.Start));
    }

    [Fact]
    public void Equity_follows_the_rate_of_its_time()
    {
        var rates = Rates();
        rates.Add("USD", "EUR", Make.At(100), 0.8m);
        var account = new MultiCurrencyAccount("EUR", 900m, rates);
        account.Exchange(900m, "EUR", "USD", 1m / 0.9m);
        Assert.Equal(900m, account.Equity(static _ => null, Make.At(99)));
        Assert.Equal(800m, account.Equity(static _ => null, Make.At(100)));
        Assert.Equal(-100m, account.CurrencyProfit(Make.At(100)));
        Assert.Equal(0m, account.TradingProfit(static _ => null, Make.At(100)));
    }

    [Fact]
    public void A_missing_rate_is_an_error_that_names_it()
    {
        var account = new MultiCurrencyAccount("INR", 1_000m, Rates());
        account.Book(Executions.Of(1m, 10m, symbol: "US"), "USD");
        var thrown = Assert.Throws<MissingRateException>(() => account.Equity(static _ => 11m, Make.Start));
        Assert.Equal(("USD", "INR", Make.Start), (thrown.From, thrown.To, thrown.At));
        Assert.Equal($"no rate from USD to INR at {Make.Start:O}: there is none of this pair", thrown.Message);
    }

    [Fact]
    public void A_currency_that_is_not_held_needs_no_rate()
    {
        var account = new MultiCurrencyAccount("INR", 1_000m, new ExchangeRates());
        account.Pay(new CashDividend("US", 1m, Make.Start));
        Assert.Equal(0m, account.Split(new StockSplit("US", 2, 1, Make.Start)));
        Assert.Equal(1_000m, account.Equity(static _ => null, Make.Start));
    }

    [Fact]
    public void A_fee_in_a_third_currency_is_paid_in_it()
    {
        var rates = Rates();
        rates.Add("BNB", "EUR", Make.Start, 500m);
        var account = new MultiCurrencyAccount("EUR", 1_000m, rates);
        account.Book(Executions.Of(1m, 100m, 0.002m), "USD", "BNB");
        Assert.Equal((-100m, -0.002m, 0m), (account.Ledgers["USD"].Cash, account.Ledgers["BNB"].Cash, account.Ledgers["USD"].Fees));
        Assert.Equal(1_000m - 1m, account.Equity(static _ => 100m, Make.Start));
        Assert.Equal(-1m, account.TradingProfit(static _ => 100m, Make.Start));
        Assert.Equal(0m, account.Imbalance());
    }

    [Fact]
    public void A_symbol_has_one_currency()
    {
        var account = new MultiCurrencyAccount("EUR", 1_000m, Rates());
        account.Book(Executions.Of(1m, 10m), "USD");
        Assert.Throws<ArgumentException>(() => account.Book(Executions.Of(1m, 10m), "EUR"));
        Assert.Equal(1m, account.Ledgers["USD"].PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void Rates_hold_from_their_time_on_in_both_directions()
    {
        var rates = new ExchangeRates();
        rates.Add("USD", "INR", Make.At(10), 80m);
        rates.Add("USD", "INR", Make.At(20), 100m);
        Assert.Throws<MissingRateException>(() => rates.Rate("USD", "INR", Make.At(9)));
        Assert.Equal(80m, rates.Rate("USD", "INR", Make.At(10)));
        Assert.Equal(80m, rates.Rate("USD", "INR", Make.At(19)));
        Assert.Equal(0.01m, rates.Rate("INR", "USD", Make.At(20)));
        Assert.Equal(1m, rates.Rate("GBP", "GBP", Make.At(0)));
        rates.Add("INR", "USD", Make.At(30), 0.02m);
        Assert.Equal(50m, rates.Rate("USD", "INR", Make.At(30))); // the newer one
        Assert.Equal(100m, rates.Rate("USD", "INR", Make.At(29)));
    }

    [Fact]
    public void Goes_through_the_pivot_where_a_pair_has_no_rate()
    {
        var rates = new ExchangeRates("USD");
        rates.Add("USD", "INR", Make.Start, 80m);
        rates.Add("EUR", "USD", Make.Start, 1.25m);
        Assert.Equal(100m, rates.Rate("EUR", "INR", Make.Start));
        Assert.Equal(0.01m, rates.Rate("INR", "EUR", Make.Start));
        Assert.Throws<MissingRateException>(() => rates.Rate("GBP", "INR", Make.Start));
    }

    [Fact]
    public void A_rate_that_is_too_old_is_missing()
    {
        var rates = new ExchangeRates(maxAge: TimeSpan.FromSeconds(60));
        rates.Add("USD", "INR", Make.Start, 80m);
        Assert.Equal(80m, rates.Rate("USD", "INR", Make.At(60)));
        var thrown = Assert.Throws<MissingRateException>(() => rates.Rate("INR", "USD", Make.At(61)));
        Assert.Contains($"those of this pair are of {Make.Start:O}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identities_hold_in_every_currency_and_in_the_accounts() =>
        Property.Holds(from bookings in Booking.Many from rate in Gen.Choose(1, 200) select (bookings, rate), static run =>
        {
            var rates = Rates();
            var account = new MultiCurrencyAccount("EUR", 10_000m, rates);
            for (var i = 0; i < run.bookings.Length; i++)
            {
                rates.Add("USD", "EUR", Make.At(i), (run.rate + (i % 5)) * 0.01m);
                Apply(account, run.bookings[i], rates.Rate("EUR", "USD", Make.At(i)));
                static decimal? Mark(string symbol) => 400m + symbol[1];
                Assert.Equal(0m, account.Imbalance());
                var parts = 10_000m + account.TradingProfit(Mark, Make.At(i)) + account.CurrencyProfit(Make.At(i));
                Assert.InRange(account.Equity(Mark, Make.At(i)) - parts, -0.000001m, 0.000001m); // each is rounded for itself
            }
        });

    private static void Apply(MultiCurrencyAccount account, Booking booking, decimal rate)
    {
        switch (booking.Kind)
        {
            case 6:
                account.Split(booking.Split);
                break;
            case 7:
                account.Pay(booking.Dividend);
                break;
            case 8:
                account.Exchange(booking.Amount, "EUR", "USD", rate);
                break;
            default:
                account.Book(booking.Fill, booking.Symbol == 0 ? "EUR" : "USD", booking.Kind == 9 ? "USD" : null);
                break;
        }
    }

    private static ExchangeRates Rates()
    {
        var rates = new ExchangeRates();
        rates.Add("USD", "EUR", Make.Start.AddDays(-1), 0.9m);
        return rates;
    }
}
