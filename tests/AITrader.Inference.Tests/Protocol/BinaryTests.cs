using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AITrader.Inference.Tests.Protocol;

public sealed class BinaryTests(ProtocolHost host) : IClassFixture<ProtocolHost>
{
    private const string LengthHeader = "Inference-Header-Content-Length";

    [Fact]
    public async Task Binary_input_gives_the_same_as_json()
    {
        var raw = MemoryMarshal.AsBytes<float>([1f, 2f, 60123.45f]).ToArray();
        using var response = await SendAsync(
            "persistence",
            $$"""{"inputs":[{"name":"prices","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":{{raw.Length}} } }]}""",
            raw
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(LengthHeader));
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(60123.45f, body.RootElement.GetProperty("outputs")[0].GetProperty("data")[7].GetSingle());
    }

    [Theory]
    [InlineData(""","parameters":{"binary_data_output":true}""")]
    [InlineData(""","outputs":[{"name":"forecast","parameters":{"binary_data":true}}]""")]
    public async Task Output_comes_as_binary_where_it_is_asked_for(string asked)
    {
        using var response = await SendAsync(
            "persistence",
            $$"""{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","data":[1,2.5]}]{{asked}}}""",
            []
        );

        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var length = int.Parse(Assert.Single(response.Headers.GetValues(LengthHeader)));
        using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
        var output = json.RootElement.GetProperty("outputs")[0];
        Assert.Equal(32, output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        Assert.False(output.TryGetProperty("data", out _));
        Assert.Equal(Enumerable.Repeat(2.5f, 8), MemoryMarshal.Cast<byte, float>(bytes.AsSpan(length)).ToArray());
    }

    // kserve/kserve issue 5907: the request's wish was dropped where outputs were listed. One output's own wish wins.
    [Theory]
    [InlineData("""{"name":"sum"},{"name":"difference"}""", 16)]
    [InlineData("""{"name":"sum"},{"name":"difference","parameters":{"binary_data":false}}""", 8)]
    public async Task Wish_for_binary_holds_for_listed_outputs(string outputs, int bytes)
    {
        using var response = await SendAsync(
            "sums",
            $$"""
            {"parameters":{"binary_data_output":true},"outputs":[{{outputs}}],
             "inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"b","shape":[1,2],"datatype":"FP32","data":[3,4]}]}
            """,
            []
        );

        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(bytes, body.Length - int.Parse(Assert.Single(response.Headers.GetValues(LengthHeader))));
    }

    [Fact]
    public async Task Two_binary_inputs_follow_each_other_in_json_order()
    {
        var raw = MemoryMarshal.AsBytes<float>([1f, 2f, 10f, 20f]).ToArray();
        using var response = await SendAsync(
            "sums",
            """
            {"inputs":[{"name":"b","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},
                       {"name":"a","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}
            """,
            raw
        );

        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [9, 18],
            body.RootElement.GetProperty("outputs")[1].GetProperty("data").EnumerateArray().Select(static value => value.GetDouble())
        );
    }

    [Fact]
    public async Task Texts_carry_their_lengths_both_ways()
    {
        var raw = Texts("buy", "", "größer");
        using var response = await SendAsync(
            "identity-Text",
            $$"""{"inputs":[{"name":"x","shape":[3],"datatype":"BYTES","parameters":{"binary_data_size":{{raw.Length}} } }],"parameters":{"binary_data_output":true} }""",
            raw
        );

        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(raw, bytes[int.Parse(Assert.Single(response.Headers.GetValues(LengthHeader)))..]);
    }

    [Theory]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""",
        8,
        "binary data does not fill shape [1, 3]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""",
        4,
        "binary_data_size is 8, 4 bytes are there behind the JSON, whose length Inference-Header-Content-Length says"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""",
        12,
        "there is data behind the request"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1],"parameters":{"binary_data_size":4}}]}""",
        4,
        "both data and binary data"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":-4}}]}""",
        4,
        "binary_data_size is -4"
    )]
    public async Task Binary_data_that_does_not_add_up_is_400(string json, int length, string reason)
    {
        using var response = await SendAsync("persistence", json, new byte[length]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("9999")]
    [InlineData("x")]
    public async Task Json_length_that_is_wrong_is_400(string length)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.Add(LengthHeader, length);
        using var response = await host.Runner.Http.PostAsync(
            new Uri("/v2/models/persistence/infer", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string model, string json, byte[] binary)
    {
        var header = Encoding.UTF8.GetBytes(json);
        using var content = new ByteArrayContent([.. header, .. binary]);
        content.Headers.Add(LengthHeader, header.Length.ToString());
        return await host.Runner.Http.PostAsync(
            new Uri($"/v2/models/{model}/infer", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
    }

    private static byte[] Texts(params string[] texts)
    {
        var data = new List<byte>();
        foreach (var text in texts.Select(Encoding.UTF8.GetBytes))
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            data.AddRange(length);
            data.AddRange(text);
        }

        return [.. data];
    }
}
