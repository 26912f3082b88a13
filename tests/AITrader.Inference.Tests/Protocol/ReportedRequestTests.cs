using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tests.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace AITrader.Inference.Tests.Protocol;

/// <summary>Requests at which other servers of the protocol failed, by public reports.</summary>
public sealed class ReportedRequestTests(ProtocolHost host) : IClassFixture<ProtocolHost>
{
    private const string Persistence = "/v2/models/persistence/infer";
    private const string Good = """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // triton-inference-server/server issue 5972 and pull request 1572: an input without elements took the server down.
    [Theory]
    [InlineData("identity-Fp32", "x", "FP32", "[0]")]
    [InlineData("identity-Text", "x", "BYTES", "[0]")]
    [InlineData("persistence", "prices", "FP32", "[0,3]")]
    public async Task Input_without_elements_is_answered(string model, string input, string type, string shape)
    {
        var body = await host.Runner.InferAsync(
            model,
            $$"""{"inputs":[{"name":"{{input}}","shape":{{shape}},"datatype":"{{type}}","data":[]}]}"""
        );

        var output = body.GetProperty("outputs")[0];
        Assert.Equal(0, output.GetProperty("shape")[0].GetInt32());
        Assert.Empty(output.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Raw_input_without_elements_is_answered()
    {
        var answer = await host.Runner.Grpc.ModelInferAsync(
            RpcTensors.Raw("identity-Fp32", "x", "FP32", [0], []),
            cancellationToken: Token
        );

        Assert.Equal([0], answer.Outputs[0].Shape);
        Assert.True(Assert.Single(answer.RawOutputContents).IsEmpty);
    }

    // triton-inference-server/server issues 2052 and 4820: a tensor without dimensions could not be served.
    [Fact]
    public async Task Single_number_without_dimensions_is_served()
    {
        var body = await host.Runner.InferAsync("scalar", """{"inputs":[{"name":"x","shape":[],"datatype":"FP32","data":[2.5]}]}""");

        Assert.Equal("[]", body.GetProperty("outputs")[0].GetProperty("shape").GetRawText());
        Assert.Equal("[2.5]", body.GetProperty("outputs")[0].GetProperty("data").GetRawText());
        Assert.Equal(
            "[]",
            (await host.Runner.GetAsync("/v2/models/scalar")).Body.GetProperty("inputs")[0].GetProperty("shape").GetRawText()
        );
    }

    // triton-inference-server/server issues 1649 and 3563: a size below zero took the server down.
    [Fact]
    public async Task Size_below_zero_is_refused_and_the_server_goes_on()
    {
        var (status, _) = await host.Runner.PostAsync(Persistence, Good.Replace("[1,2]", "[-1,2]", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Runner.Grpc.ModelInferAsync(
                RpcTensors.Raw("persistence", "prices", "FP32", [-1, 2], new byte[8]),
                cancellationToken: Token
            )
        );

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        await host.Runner.InferAsync("persistence", Good);
    }

    // SeldonIO/MLServer issue 979: of two texts in a tensor of one, one was answered and the other passed over.
    [Fact]
    public async Task More_texts_than_the_shape_has_are_refused()
    {
        var (status, body) = await host.Runner.PostAsync(
            "/v2/models/identity-Text/infer",
            """{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["one","two"]}]}"""
        );

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("input 'x': data does not fill shape [1]", body.GetProperty("error").GetString());
    }

    // kserve/kserve issues 2944 and 3094: an answer with "id": null, which its clients refused.
    [Fact]
    public async Task Answer_to_a_request_without_an_id_has_none() =>
        Assert.False((await host.Runner.InferAsync("persistence", Good)).TryGetProperty("id", out _));

    // triton-inference-server/server issue 4244: binary data without the header that says where it begins.
    [Fact]
    public async Task Binary_data_without_its_header_is_refused_by_the_name_of_the_header()
    {
        var json = """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""";
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(json), .. new byte[8]]);
        var (status, body) = await SendAsync(content);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Inference-Header-Content-Length", body.GetProperty("error").GetString());
    }

    // triton-inference-server/common pull requests 155 and 156: deep nesting exhausted the stack.
    [Theory]
    [InlineData("""{"later":@,"inputs":[]}""")]
    [InlineData("""{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":@}]}""")]
    [InlineData("""{"parameters":{"unknown":@},"inputs":[]}""")]
    public async Task Deep_nesting_is_refused(string request)
    {
        var nested = new string('[', 200_000) + '1' + new string(']', 200_000);
        var (status, body) = await host.Runner.PostAsync(Persistence, request.Replace("@", nested, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not a valid inference request", body.GetProperty("error").GetString());
        await host.Runner.InferAsync("persistence", Good);
    }

    // CVE-2025-23310, HackTricks-wiki/hacktricks pull request 1241: many chunks of one byte exhausted the stack.
    [Fact]
    public async Task Body_in_chunks_of_one_byte_is_taken()
    {
        var row = string.Join(',', Enumerable.Range(1, 2000));
        using var content = new Drops(
            Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"prices","shape":[1,2000],"datatype":"FP32","data":[{{row}}]}]}""")
        );
        var (status, body) = await SendAsync(content);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2000, body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
    }

    // triton-inference-server/server issue 5185: a compressed answer without a header that says so.
    [Fact]
    public async Task Answer_is_what_its_headers_say_whatever_the_client_accepts()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Persistence) { Content = new StringContent(Good) };
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br");
        using var response = await host.Runner.Http.SendAsync(request, Token);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(2, body.RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
    }

    // tensorflow/serving issue 1091, triton-inference-server/client pull request 2: compressed bodies were parsed as they came.
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Compressed_body_is_taken_with_binary_data_and_without(string encoding)
    {
        using var plain = Compressed(Encoding.UTF8.GetBytes(Good), encoding);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(plain)).Status);

        var json = """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""";
        using var binary = Compressed([.. Encoding.UTF8.GetBytes(json), .. MemoryMarshal.AsBytes<float>([1f, 2.5f])], encoding);
        binary.Headers.Add("Inference-Header-Content-Length", $"{json.Length}");
        var (status, body) = await SendAsync(binary);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2.5, body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
    }

    [Fact]
    public async Task Body_that_is_not_compressed_as_it_says_is_refused()
    {
        using var unknown = Compressed(Encoding.UTF8.GetBytes(Good), "zstd");
        var (status, body) = await SendAsync(unknown);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("gzip, deflate or br", body.GetProperty("error").GetString());

        using var plain = new StringContent(Good) { Headers = { ContentEncoding = { "gzip" } } };
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(plain)).Status);

        // 100 MB in 100 kB: the limit is that of the body as it is read.
        using var bomb = Compressed(new byte[100_000_000], "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(bomb)).Status);
    }

    // kserve/kserve issue 3731: bytes that are no text failed, or came back as other bytes.
    [Fact]
    public async Task Bytes_that_are_no_text_come_back_as_they_were_sent()
    {
        var sent = new InferTensorContents
        {
            BytesContents = { ByteString.CopyFrom(0xFF, 0x00, 0xC3), ByteString.CopyFrom(0x41, 0x00, 0x42) },
        };

        var answer = await host.Runner.Grpc.ModelInferAsync(
            RpcTensors.Typed("identity-Text", "x", "BYTES", [2], sent),
            cancellationToken: Token
        );
        Assert.Equal(sent, answer.Outputs[0].Contents);

        var json = """{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}""";
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(json), 1, 0, 0, 0, 0xFF]);
        content.Headers.Add("Inference-Header-Content-Length", $"{json.Length}");
        var (status, body) = await SendAsync(content, "/v2/models/identity-Text/infer");
        Assert.Equal(500, (int)status);
        Assert.Contains("ask for binary data", body.GetProperty("error").GetString());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpContent content, string path = Persistence)
    {
        using var response = await host.Runner.Http.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Token));
        return (response.StatusCode, body.RootElement.Clone());
    }

    private static ByteArrayContent Compressed(byte[] body, string encoding)
    {
        using var packed = new MemoryStream();
        using (
            Stream pack = encoding switch
            {
                "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
                "br" => new BrotliStream(packed, CompressionLevel.Fastest),
                _ => new GZipStream(packed, CompressionLevel.Fastest),
            }
        )
        {
            pack.Write(body);
        }

        return new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { encoding } } };
    }

    /// <summary>A body that goes out byte by byte.</summary>
    private sealed class Drops(byte[] body) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < body.Length; i++)
            {
                await stream.WriteAsync(body.AsMemory(i, 1));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
