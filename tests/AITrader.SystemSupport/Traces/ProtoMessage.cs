using System.Text;
using Google.Protobuf;

namespace AITrader.SystemSupport.Traces;

/// <summary>A protobuf message read without its schema: fields by number.</summary>
internal sealed class ProtoMessage
{
    private readonly Dictionary<int, List<object>> _fields = [];

    private ProtoMessage(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                var other => throw new InvalidDataException($"protobuf wire type {other}"),
            };
            var number = WireFormat.GetTagFieldNumber(tag);
            (_fields.TryGetValue(number, out var list) ? list : _fields[number] = []).Add(value);
        }
    }

    public static ProtoMessage Parse(byte[] bytes) => new(UnsafeByteOperations.UnsafeWrap(bytes));

    public IEnumerable<ProtoMessage> Messages(int field) => Values(field).Select(static value => new ProtoMessage((ByteString)value));

    public string Text(int field) => Bytes(field) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : string.Empty;

    public string Hex(int field) => Bytes(field) is { } bytes ? Convert.ToHexStringLower(bytes.Span) : string.Empty;

    public ulong Number(int field) => Values(field).Cast<ulong>().LastOrDefault();

    private ByteString? Bytes(int field) => (ByteString?)Values(field).LastOrDefault();

    private List<object> Values(int field) => _fields.GetValueOrDefault(field, []);
}
