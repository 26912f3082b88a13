using System.Globalization;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AITrader.Storage.Model;

/// <summary>How values look in the database.</summary>
internal static class Columns
{
    // What is booked has at most eight decimals, see AccountNumbers; what the market shows, what is asked for and what is computed keeps
    // every
    // digit.
    private const string MarketNumber = "numeric(18,8)";
    private const string Exact = "numeric";

    public static PropertyBuilder<decimal> IsMarketNumber(this PropertyBuilder<decimal> property) => property.HasColumnType(MarketNumber);

    public static PropertyBuilder<decimal?> IsMarketNumber(this PropertyBuilder<decimal?> property) => property.HasColumnType(MarketNumber);

    public static PropertyBuilder<decimal> IsExact(this PropertyBuilder<decimal> property) => property.HasColumnType(Exact);

    public static PropertyBuilder<decimal?> IsExact(this PropertyBuilder<decimal?> property) => property.HasColumnType(Exact);

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : class? => property.HasColumnType("jsonb");

    public static PropertyBuilder<Side> IsSide(this PropertyBuilder<Side> property) =>
        property.HasConversion(static side => side == Side.Buy ? "BUY" : "SELL", static text => text == "BUY" ? Side.Buy : Side.Sell);

    public static PropertyBuilder<SignalDirection> IsDirection(this PropertyBuilder<SignalDirection> property) =>
        property.HasConversion(
            static direction => direction == SignalDirection.Bullish ? "BULLISH" : "BEARISH",
            static text => text == "BULLISH" ? SignalDirection.Bullish : SignalDirection.Bearish
        );

    /// <summary>Adds a check; its name says which rule a refused row broke.</summary>
    public static TableBuilder<T> Must<T>(this TableBuilder<T> table, string rule, string condition)
        where T : class
    {
        table.HasCheckConstraint(string.Create(CultureInfo.InvariantCulture, $"ck_{table.Name}_{rule}"), condition);
        return table;
    }

    /// <summary>SQL that limits a column to these words.</summary>
    public static string OneOf(string column, params IEnumerable<string> words) =>
        $"{column} IN ({string.Join(", ", words.Select(static word => $"'{word}'"))})";
}
