using System.Globalization;
using System.Text;
using AITrader.Domain.Prices;

namespace AITrader.Contracts.Codecs;

/// <summary>Reads the fields of one entry, strictly: what is missing or malformed is named.</summary>
/// <remarks>Fields may come in any order; the order in which they are written is the fastest. Unknown ones are ignored.</remarks>
internal ref struct FieldReader(string entryId, ReadOnlySpan<StreamField> fields)
{
    private const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const NumberStyles DoubleStyle = DecimalStyle | NumberStyles.AllowExponent;

    private readonly ReadOnlySpan<StreamField> _fields = fields;
    private int _next;

    public bool TryFind(FieldName name, out ReadOnlySpan<byte> value)
    {
        var wanted = name.Utf8.Span;
        for (var step = 0; step < _fields.Length; step++)
        {
            var index = _next + step < _fields.Length ? _next + step : _next + step - _fields.Length;
            if (_fields[index].Name.Span.SequenceEqual(wanted))
            {
                _next = index + 1 == _fields.Length ? 0 : index + 1;
                value = _fields[index].Value.Span;
                return true;
            }
        }

        value = default;
        return false;
    }

    public ReadOnlySpan<byte> Bytes(FieldName name) => TryFind(name, out var value) ? value : throw Wrong(name, "is missing");

    public string Text(FieldName name)
    {
        var value = Storable(name, Bytes(name));
        return value.IsEmpty ? throw Wrong(name, "is empty") : Encoding.UTF8.GetString(value);
    }

    /// <summary>Text of which few different ones occur: no new string for one that was seen lately.</summary>
    public string Word(FieldName name)
    {
        var value = Storable(name, Bytes(name));
        return value.IsEmpty ? throw Wrong(name, "is empty") : StringPool.Get(value);
    }

    public string WordOrEmpty(FieldName name) => TryFind(name, out var value) ? StringPool.Get(Storable(name, value)) : string.Empty;

    public string TextOrEmpty(FieldName name) =>
        TryFind(name, out var value) ? Encoding.UTF8.GetString(Storable(name, value)) : string.Empty;

    public decimal Decimal(FieldName name) => ParseDecimal(name, Bytes(name));

    public decimal? DecimalOrNull(FieldName name) => TryFind(name, out var value) ? ParseDecimal(name, value) : null;

    public Price Price(FieldName name) => ParsePrice(name, Bytes(name));

    public Price? PriceOrNull(FieldName name) => TryFind(name, out var value) ? ParsePrice(name, value) : null;

    public Quantity Quantity(FieldName name) => ParseQuantity(name, Bytes(name));

    public Quantity? QuantityOrNull(FieldName name) => TryFind(name, out var value) ? ParseQuantity(name, value) : null;

    public double Double(FieldName name) =>
        double.TryParse(Bytes(name), DoubleStyle, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, "is not a finite number");

    public long Long(FieldName name) => ParseLong(name, Bytes(name));

    public long LongOrZero(FieldName name) => TryFind(name, out var value) ? ParseLong(name, value) : 0;

    public Guid Guid(FieldName name) => ParseGuid(name, Bytes(name));

    public Guid? GuidOrNull(FieldName name) => TryFind(name, out var value) ? ParseGuid(name, value) : null;

    public DateTimeOffset Time(FieldName name) =>
        WireTime.TryParse(Bytes(name), out var instant) ? instant : throw Wrong(name, "is not an instant like 2024-08-08T23:54:15.030314Z");

    public readonly StreamFormatException Wrong(FieldName name, string problem) => new(entryId, name.Text, problem);

    // What PostgreSQL cannot hold is refused where it comes in: an entry like that would fail in every consumer that stores it.
    private readonly ReadOnlySpan<byte> Storable(FieldName name, ReadOnlySpan<byte> value) =>
        value.Contains((byte)0) ? throw Wrong(name, "holds the character U+0000") : value;

    // Our own feeds never have more decimals than the scale. Another writer's finer price is rounded, and of a finer quantity counts what
    // is whole: more than is there must not be traded on.
    private readonly Price ParsePrice(FieldName name, ReadOnlySpan<byte> value) =>
        FixedPoint.TryParse(value, Domain.Prices.Price.Decimals, out var nanos) == FixedPointProblem.None
            ? Domain.Prices.Price.FromNanos(nanos)
        : Domain.Prices.Price.TryCreate(decimal.Round(ParseDecimal(name, value), Domain.Prices.Price.Decimals), out var price) ? price
        : throw Wrong(name, "is too large for a price");

    private readonly Quantity ParseQuantity(FieldName name, ReadOnlySpan<byte> value) =>
        FixedPoint.TryParse(value, Domain.Prices.Quantity.Decimals, out var raw) == FixedPointProblem.None
            ? Domain.Prices.Quantity.FromRaw(raw)
        : Domain.Prices.Quantity.TryCreate(
            decimal.Round(ParseDecimal(name, value), Domain.Prices.Quantity.Decimals, MidpointRounding.ToZero),
            out var quantity
        )
            ? quantity
        : throw Wrong(name, "is too large for a quantity");

    private readonly decimal ParseDecimal(FieldName name, ReadOnlySpan<byte> value) =>
        decimal.TryParse(value, DecimalStyle, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(name, "is not a decimal number");

    private readonly long ParseLong(FieldName name, ReadOnlySpan<byte> value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(name, "is not a whole number");

    private readonly Guid ParseGuid(FieldName name, ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[36];
        return
            value.Length == text.Length
            && Encoding.UTF8.TryGetChars(value, text, out var written)
            && System.Guid.TryParseExact(text[..written], "D", out var id)
            ? id
            : throw Wrong(name, "is not an id");
    }
}
