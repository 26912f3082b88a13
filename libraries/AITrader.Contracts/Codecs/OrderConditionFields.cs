using AITrader.Domain.Orders;

namespace AITrader.Contracts.Codecs;

/// <summary>Conditions of an order; an order without any has none of these fields.</summary>
internal static class OrderConditionFields
{
    private static ReadOnlySpan<byte> Yes => "true"u8;

    public static void Encode(OrderConditions conditions, FieldBuffer fields)
    {
        if (conditions.IsNone)
        {
            return;
        }

        fields.AddIfAny(Fields.TriggerPrice, conditions.TriggerPrice);
        fields.AddIfAny(Fields.TrailingAmount, conditions.TrailingAmount);
        fields.AddIfAny(Fields.TrailingBps, conditions.TrailingBps);
        fields.AddIfAny(Fields.DisplayQuantity, conditions.DisplayQuantity);
        if (conditions.GoodTill is { } till)
        {
            fields.Add(Fields.GoodTill, till);
        }

        AddFlag(fields, Fields.ReduceOnly, conditions.ReduceOnly);
        AddFlag(fields, Fields.PostOnly, conditions.PostOnly);
        AddId(fields, Fields.ParentId, conditions.ParentId);
        AddId(fields, Fields.OcoGroup, conditions.OcoGroup);
    }

    public static OrderConditions Read(ref FieldReader reader)
    {
        var conditions = new OrderConditions
        {
            TriggerPrice = reader.DecimalOrNull(Fields.TriggerPrice),
            TrailingAmount = reader.DecimalOrNull(Fields.TrailingAmount),
            TrailingBps = reader.DecimalOrNull(Fields.TrailingBps),
            DisplayQuantity = reader.DecimalOrNull(Fields.DisplayQuantity),
            GoodTill = reader.TryFind(Fields.GoodTill, out _) ? reader.Time(Fields.GoodTill) : null,
            ReduceOnly = Flag(ref reader, Fields.ReduceOnly),
            PostOnly = Flag(ref reader, Fields.PostOnly),
            ParentId = reader.GuidOrNull(Fields.ParentId),
            OcoGroup = reader.GuidOrNull(Fields.OcoGroup),
        };
        return conditions.IsNone ? OrderConditions.None : conditions;
    }

    private static void AddFlag(FieldBuffer fields, FieldName name, bool isSet)
    {
        if (isSet)
        {
            fields.Add(name, Yes);
        }
    }

    private static void AddId(FieldBuffer fields, FieldName name, Guid? id)
    {
        if (id is { } present)
        {
            fields.Add(name, present);
        }
    }

    private static bool Flag(ref FieldReader reader, FieldName name) =>
        reader.TryFind(name, out var value)
        && (
            value.SequenceEqual(Yes) ? true
            : value.SequenceEqual("false"u8) ? false
            : throw reader.Wrong(name, "is neither true nor false")
        );
}
