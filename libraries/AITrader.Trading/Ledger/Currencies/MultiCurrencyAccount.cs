using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger.Currencies;

/// <summary>An account that holds cash and positions in several currencies: a ledger for each, valued in one. One writer; not
/// thread-safe.</summary>
/// <remarks>Amounts of different currencies meet only through a dated rate. A rate that is not known is an error that names it.</remarks>
public sealed class MultiCurrencyAccount
{
    private readonly SortedDictionary<string, AccountLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _currencies = new(StringComparer.Ordinal);
    private readonly ExchangeRates _rates;

    /// <summary>Opens the account.</summary>
    /// <param name="currency">The account's currency: its equity is in it.</param>
    /// <param name="initialCash">Cash at the start, in it.</param>
    /// <param name="rates">Rates, to which newer ones may be added.</param>
    public MultiCurrencyAccount(string currency, decimal initialCash, ExchangeRates rates)
    {
        Currency = currency;
        _rates = rates;
        _ledgers[currency] = new AccountLedger(initialCash);
    }

    /// <summary>The account's currency.</summary>
    public string Currency { get; }

    /// <summary>Ledgers by currency.</summary>
    public IReadOnlyDictionary<string, AccountLedger> Ledgers => _ledgers;

    /// <summary>Books a fill of an instrument that is quoted in a currency, with its fee; returns the profit that it realised.</summary>
    /// <param name="fill">The execution.</param>
    /// <param name="currency">Currency of its price.</param>
    /// <param name="feeCurrency">Currency of its fee; null where it is that of the price.</param>
    /// <exception cref="ArgumentException">The symbol was booked in another currency before.</exception>
    public decimal Book(Fill fill, string currency, string? feeCurrency = null)
    {
        if (_currencies.TryGetValue(fill.Symbol, out var known) && known != currency)
        {
            throw new ArgumentException($"{fill.Symbol} is quoted in {known}, not in {currency}", nameof(currency));
        }

        var paidApart = feeCurrency is not null && feeCurrency != currency;
        var realised = LedgerOf(currency).Book(paidApart ? fill with { Fee = 0m } : fill);
        _currencies[fill.Symbol] = currency;
        if (paidApart)
        {
            LedgerOf(feeCurrency!).Charge(fill.Fee);
        }

        return realised;
    }

    /// <summary>Books a split, in the currency of its instrument.</summary>
    public decimal Split(StockSplit split) =>
        _currencies.TryGetValue(split.Symbol, out var currency) ? _ledgers[currency].Split(split) : 0m;

    /// <summary>Books a dividend, in the currency of its instrument.</summary>
    public decimal Pay(CashDividend dividend) =>
        _currencies.TryGetValue(dividend.Symbol, out var currency) ? _ledgers[currency].Pay(dividend) : 0m;

    /// <summary>Changes cash of one currency into another at a price of its own; returns what was received.</summary>
    /// <param name="amount">Amount to give; positive.</param>
    /// <param name="from">Its currency.</param>
    /// <param name="to">Currency to receive.</param>
    /// <param name="rate">What one unit of the first is worth in the second.</param>
    public decimal Exchange(decimal amount, string from, string to, decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfEqual(from, to);
        var received = decimal.Round(amount * rate, 8, MidpointRounding.ToEven);
        LedgerOf(from).Transfer(-amount);
        LedgerOf(to).Transfer(received);
        return received;
    }

    /// <summary>Cash and market value of all positions, in the account's currency.</summary>
    /// <param name="mark">Price of a symbol in its own currency; null where there is none, and it counts at its cost.</param>
    /// <param name="at">When: which rates hold.</param>
    /// <exception cref="MissingRateException">A currency that is held has no rate.</exception>
    public decimal Equity(Func<string, decimal?> mark, DateTimeOffset at) => Sum(ledger => ledger.Equity(mark), at);

    /// <summary>Profit of trading: realised and unrealised profit and income less fees of all ledgers, in the account's currency.</summary>
    public decimal TradingProfit(Func<string, decimal?> mark, DateTimeOffset at) =>
        Sum(ledger => ledger.Realised + ledger.Unrealised(mark) + ledger.Income - ledger.Fees, at);

    /// <summary>Profit of holding other currencies: what was exchanged, at the rates of now. With it, equity = initial cash + profit of
    /// trading + profit of currencies.</summary>
    public decimal CurrencyProfit(DateTimeOffset at) => Sum(static ledger => ledger.Transferred, at);

    /// <summary>Sum over all ledgers of the size of their imbalance; zero when all are right.</summary>
    public decimal Imbalance() => _ledgers.Values.Sum(static ledger => Math.Abs(ledger.Imbalance()));

    // Nothing is converted where there is nothing: a currency that is not held needs no rate.
    private decimal Sum(Func<AccountLedger, decimal> amount, DateTimeOffset at)
    {
        var sum = 0m;
        foreach (var (currency, ledger) in _ledgers)
        {
            var value = amount(ledger);
            sum += value == 0m ? 0m : _rates.Convert(value, currency, Currency, at);
        }

        return sum;
    }

    private AccountLedger LedgerOf(string currency)
    {
        if (!_ledgers.TryGetValue(currency, out var ledger))
        {
            _ledgers[currency] = ledger = new AccountLedger(0m);
        }

        return ledger;
    }
}
