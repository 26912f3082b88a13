namespace AITrader.Formats.Itch;

/// <summary>How a field of ITCH is written.</summary>
public enum ItchFieldKind : byte
{
    /// <summary>Unsigned, big endian.</summary>
    Number,

    /// <summary>Printable ASCII, filled with spaces at the right.</summary>
    Alpha,

    /// <summary>Unsigned, big endian, in 1e-4.</summary>
    Price4,

    /// <summary>Unsigned, big endian, in 1e-8.</summary>
    Price8,
}

/// <summary>A field of a message.</summary>
/// <param name="Name">Name after the specification, in snake case.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Offset">Bytes before it, the message's type counted.</param>
/// <param name="Length">Its bytes.</param>
public sealed record ItchField(string Name, ItchFieldKind Kind, int Offset, int Length);

/// <summary>A type of message of NASDAQ TotalView-ITCH 5.0: its fields after the common ones (locate, tracking number, time).</summary>
/// <remarks>Source: "NASDAQ TotalView-ITCH 5.0" of Nasdaq Data, with the messages that were added to it later (h, O).</remarks>
public sealed class ItchLayout
{
    /// <summary>Type, stock locate, tracking number and nanoseconds since midnight.</summary>
    internal const int HeaderLength = 11;

    private static readonly ItchLayout?[] ByType = new ItchLayout?[128];

    static ItchLayout()
    {
        foreach (var layout in All)
        {
            ByType[layout.Type] = layout;
        }
    }

    private ItchLayout(char type, string name, params (string Name, int Length)[] fields)
    {
        Type = type;
        Name = name;
        var offset = HeaderLength;
        FieldArray =
        [
            .. fields.Select(field =>
            {
                var made = new ItchField(field.Name, KindOf(field.Name, field.Length), offset, Math.Abs(field.Length));
                offset += made.Length;
                return made;
            }),
        ];
        Length = offset;
    }

    /// <summary>Every type of message.</summary>
    public static IReadOnlyList<ItchLayout> All { get; } =
    [
        new('S', "system event", ("event_code", -1)),
        new(
            'R',
            "stock directory",
            ("stock", -8),
            ("market_category", -1),
            ("financial_status", -1),
            ("round_lot_size", 4),
            ("round_lots_only", -1),
            ("issue_classification", -1),
            ("issue_subtype", -2),
            ("authenticity", -1),
            ("short_sale_threshold", -1),
            ("ipo_flag", -1),
            ("luld_tier", -1),
            ("etp_flag", -1),
            ("etp_leverage", 4),
            ("inverse", -1)
        ),
        new('H', "stock trading action", ("stock", -8), ("trading_state", -1), ("reserved", -1), ("reason", -4)),
        new('Y', "Reg SHO restriction", ("stock", -8), ("reg_sho_action", -1)),
        new(
            'L',
            "market participant position",
            ("mpid", -4),
            ("stock", -8),
            ("primary_market_maker", -1),
            ("market_maker_mode", -1),
            ("participant_state", -1)
        ),
        new('V', "MWCB decline level", ("level_1_price8", 8), ("level_2_price8", 8), ("level_3_price8", 8)),
        new('W', "MWCB status", ("breached_level", -1)),
        new('K', "IPO quoting period update", ("stock", -8), ("release_time", 4), ("release_qualifier", -1), ("ipo_price", 4)),
        new('J', "LULD auction collar", ("stock", -8), ("reference_price", 4), ("upper_price", 4), ("lower_price", 4), ("extension", 4)),
        new('h', "operational halt", ("stock", -8), ("market_code", -1), ("halt_action", -1)),
        new('A', "add order", ("order", 8), ("side", -1), ("shares", 4), ("stock", -8), ("price", 4)),
        new('F', "add order with attribution", ("order", 8), ("side", -1), ("shares", 4), ("stock", -8), ("price", 4), ("attribution", -4)),
        new('E', "order executed", ("order", 8), ("shares", 4), ("match", 8)),
        new('C', "order executed with price", ("order", 8), ("shares", 4), ("match", 8), ("printable", -1), ("price", 4)),
        new('X', "order cancel", ("order", 8), ("shares", 4)),
        new('D', "order delete", ("order", 8)),
        new('U', "order replace", ("order", 8), ("new_order", 8), ("shares", 4), ("price", 4)),
        new('P', "trade", ("order", 8), ("side", -1), ("shares", 4), ("stock", -8), ("price", 4), ("match", 8)),
        new('Q', "cross trade", ("shares", 8), ("stock", -8), ("cross_price", 4), ("match", 8), ("cross_type", -1)),
        new('B', "broken trade", ("match", 8)),
        new(
            'I',
            "net order imbalance",
            ("paired_shares", 8),
            ("imbalance_shares", 8),
            ("imbalance_direction", -1),
            ("stock", -8),
            ("far_price", 4),
            ("near_price", 4),
            ("reference_price", 4),
            ("cross_type", -1),
            ("price_variation", -1)
        ),
        new('N', "retail price improvement", ("stock", -8), ("interest_flag", -1)),
        new(
            'O',
            "direct listing with capital raise",
            ("stock", -8),
            ("open_eligibility", -1),
            ("minimum_price", 4),
            ("maximum_price", 4),
            ("near_execution_price", 4),
            ("near_execution_time", 8),
            ("lower_collar_price", 4),
            ("upper_collar_price", 4)
        ),
    ];

    /// <summary>First byte of the message.</summary>
    public char Type { get; }

    /// <summary>What it tells.</summary>
    public string Name { get; }

    /// <summary>Bytes of the message, its length prefix not counted.</summary>
    public int Length { get; }

    /// <summary>Fields after the common ones.</summary>
    public IReadOnlyList<ItchField> Fields => FieldArray;

    /// <summary>As <see cref="Fields"/>, walked without allocating.</summary>
    internal ItchField[] FieldArray { get; }

    /// <summary>The layout of a type; null where there is none.</summary>
    public static ItchLayout? Find(byte type) => type < ByType.Length ? ByType[type] : null;

    /// <summary>Lengths below 0 are texts; prices are told by their names.</summary>
    private static ItchFieldKind KindOf(string name, int length) =>
        length < 0 ? ItchFieldKind.Alpha
        : name.EndsWith("price8", StringComparison.Ordinal) ? ItchFieldKind.Price8
        : name.EndsWith("price", StringComparison.Ordinal) ? ItchFieldKind.Price4
        : ItchFieldKind.Number;
}
