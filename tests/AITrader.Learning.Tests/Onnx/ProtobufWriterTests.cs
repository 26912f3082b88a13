using AITrader.Learning.Onnx;

namespace AITrader.Learning.Tests.Onnx;

public sealed class ProtobufWriterTests
{
    // Expected bytes: protobuf.dev, encoding guide.
    [Theory]
    [InlineData(1, 150, "089601")]
    [InlineData(1, 0, "0800")]
    [InlineData(16, 1, "800101")]
    [InlineData(1, -1, "08FFFFFFFFFFFFFFFFFF01")]
    public void Integers_are_varints(int field, long value, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(new ProtobufWriter().Int(field, value).Written));

    [Fact]
    public void Text_and_messages_carry_their_length()
    {
        Assert.Equal("120774657374696E67", Convert.ToHexString(new ProtobufWriter().Text(2, "testing").Written));
        Assert.Equal("1A03089601", Convert.ToHexString(new ProtobufWriter().Message(3, new ProtobufWriter().Int(1, 150)).Written));
    }

    [Fact]
    public void Floats_are_four_little_endian_bytes() =>
        Assert.Equal("150000803F", Convert.ToHexString(new ProtobufWriter().Float(2, 1f).Written));
}
