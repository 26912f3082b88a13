using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tests.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AITrader.Inference.Tests.Rpc;

/// <summary>Inference over gRPC, by a generated client.</summary>
public sealed class GrpcInferTests(ProtocolHost host) : IClassFixture<ProtocolHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Raw_contents_are_answered_with_raw_contents_and_say_who_computed_them()
    {
        var request = RpcTensors.Raw("persistence", "prices", 1, 2, 60123.45f);
        request.Id = "signal-7";
        request.ModelVersion = "canary";

        var answer = await InferAsync(request);

        Assert.Equal(("persistence", "2", "signal-7"), (answer.ModelName, answer.ModelVersion, answer.Id));
        Assert.Equal("CPU", answer.Parameters["provider"].StringParam);
        Assert.True(answer.Parameters["compute_us"].Int64Param >= 0);
        var output = Assert.Single(answer.Outputs);
        Assert.Equal(("forecast", "FP32"), (output.Name, output.Datatype));
        Assert.Equal([1, 2], output.Shape);
        Assert.Null(output.Contents);
        Assert.Equal([60123.45f, 60123.45f], RpcTensors.Floats(Assert.Single(answer.RawOutputContents)));
    }

    // triton-inference-server/server issue 2937: typed contents were answered raw.
    [Fact]
    public async Task Typed_contents_are_answered_with_typed_contents()
    {
        var answer = await InferAsync(
            RpcTensors.Typed("persistence", "prices", "FP32", [1, 2], new InferTensorContents { Fp32Contents = { 1, 2.5f } })
        );

        Assert.Empty(answer.RawOutputContents);
        Assert.Equal(Enumerable.Repeat(2.5f, 8), Assert.Single(answer.Outputs).Contents.Fp32Contents);
    }

    [Fact]
    public async Task Typed_contents_are_answered_raw_where_that_is_asked_for()
    {
        var request = RpcTensors.Typed("persistence", "prices", "FP32", [1, 1], new InferTensorContents { Fp32Contents = { 3 } });
        request.Parameters["binary_data_output"] = new InferParameter { BoolParam = true };

        Assert.Equal(Enumerable.Repeat(3f, 8), RpcTensors.Floats(Assert.Single((await InferAsync(request)).RawOutputContents)));
    }

    public static TheoryData<string, string, InferTensorContents> Types { get; } =
        new()
        {
            {
                "identity-Fp32",
                "FP32",
                new InferTensorContents { Fp32Contents = { 1.5f, float.NaN } }
            },
            {
                "identity-Fp64",
                "FP64",
                new InferTensorContents { Fp64Contents = { 1.5, double.NegativeInfinity } }
            },
            {
                "identity-I64",
                "INT64",
                new InferTensorContents { Int64Contents = { long.MinValue, long.MaxValue } }
            },
            {
                "identity-I32",
                "INT32",
                new InferTensorContents { IntContents = { int.MinValue, 7 } }
            },
            {
                "identity-I16",
                "INT16",
                new InferTensorContents { IntContents = { short.MinValue, short.MaxValue } }
            },
            {
                "identity-I8",
                "INT8",
                new InferTensorContents { IntContents = { sbyte.MinValue, sbyte.MaxValue } }
            },
            {
                "identity-U8",
                "UINT8",
                new InferTensorContents { UintContents = { 0, byte.MaxValue } }
            },
            {
                "identity-U16",
                "UINT16",
                new InferTensorContents { UintContents = { 0, ushort.MaxValue } }
            },
            {
                "identity-U32",
                "UINT32",
                new InferTensorContents { UintContents = { 0, uint.MaxValue } }
            },
            {
                "identity-U64",
                "UINT64",
                new InferTensorContents { Uint64Contents = { 0, ulong.MaxValue } }
            },
            {
                "identity-Truth",
                "BOOL",
                new InferTensorContents { BoolContents = { true, false } }
            },
            {
                "identity-Text",
                "BYTES",
                new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8("größer"), ByteString.Empty } }
            },
        };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_type_comes_back_as_it_was_sent(string model, string type, InferTensorContents contents)
    {
        var answer = await InferAsync(RpcTensors.Typed(model, "x", type, [2], contents));

        Assert.Equal(contents, Assert.Single(answer.Outputs).Contents);
    }

    // kserve/kserve pull request 3695: one FP16 output makes the whole answer raw.
    [Fact]
    public async Task Half_precision_travels_raw_only()
    {
        byte[] halves = [.. BitConverter.GetBytes((Half)1.5f), .. BitConverter.GetBytes((Half)(-2f))];

        var answer = await InferAsync(RpcTensors.Raw("identity-Fp16", "x", "FP16", [2], halves));
        Assert.Equal(halves, Assert.Single(answer.RawOutputContents).ToByteArray());

        var refused = await RefusedAsync(
            RpcTensors.Typed("identity-Fp16", "x", "FP16", [1], new InferTensorContents { Fp32Contents = { 1 } })
        );
        Assert.Equal(
            (StatusCode.InvalidArgument, "input 'x': FP16 has no typed contents; send raw_input_contents"),
            (refused.StatusCode, refused.Status.Detail)
        );
    }

    [Fact]
    public async Task Outputs_come_in_the_order_that_was_asked_for()
    {
        var request = new ModelInferRequest
        {
            ModelName = "sums",
            Inputs = { RpcTensors.Input("b", "FP32", 1, 2), RpcTensors.Input("a", "FP32", 1, 2) },
            Outputs =
            {
                new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "difference" },
                new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "sum" },
            },
            RawInputContents = { RpcTensors.Raw("", "", 1, 2).RawInputContents[0], RpcTensors.Raw("", "", 10, 20).RawInputContents[0] },
        };

        var answer = await InferAsync(request);

        Assert.Equal(["difference", "sum"], answer.Outputs.Select(static output => output.Name));
        Assert.Equal([9, 18], RpcTensors.Floats(answer.RawOutputContents[0]));
        Assert.Equal([11, 22], RpcTensors.Floats(answer.RawOutputContents[1]));
    }

    public static TheoryData<string, ModelInferRequest> Wrong { get; } =
        new()
        {
            {
                // triton-inference-server/server issue 8372: a size mismatch names what was expected.
                "binary data does not fill shape [1, 3]",
                RpcTensors.Raw("persistence", "prices", "FP32", [1, 3], new byte[8])
            },
            {
                "fp32_contents has 1 elements, which do not fill shape [1, 3]",
                RpcTensors.Typed("persistence", "prices", "FP32", [1, 3], new InferTensorContents { Fp32Contents = { 1 } })
            },
            {
                "fp32_contents has 0 elements, which do not fill shape [1, 1]",
                RpcTensors.Typed("persistence", "prices", "FP32", [1, 1], new InferTensorContents { Fp64Contents = { 1 } })
            },
            {
                "'FLOAT' is not a datatype",
                RpcTensors.Typed("persistence", "prices", "FLOAT", [1, 1], new InferTensorContents { Fp32Contents = { 1 } })
            },
            {
                "input 'prices' is FP32, not INT32",
                RpcTensors.Typed("persistence", "prices", "INT32", [1, 1], new InferTensorContents { IntContents = { 1 } })
            },
            {
                "an element of int_contents is not a INT8",
                RpcTensors.Typed("persistence", "prices", "INT8", [1], new InferTensorContents { IntContents = { 128 } })
            },
            {
                "input 'prices' is missing",
                new ModelInferRequest { ModelName = "persistence" }
            },
            {
                "do not fill shape [-1]",
                RpcTensors.Typed("identity-Fp32", "x", "FP32", [-1], new InferTensorContents { Fp32Contents = { 1 } })
            },
            {
                "do not fill shape [4611686018427387904, 4]",
                RpcTensors.Typed("persistence", "prices", "FP32", [1L << 62, 4], new InferTensorContents { Fp32Contents = { 1 } })
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Bad_input_is_an_invalid_argument_with_the_reason(string reason, ModelInferRequest request)
    {
        var refused = await RefusedAsync(request);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(reason, refused.Status.Detail);
        Assert.Equal("bad-request", refused.Trailers.GetValue("inference-reason"));
    }

    [Fact]
    public async Task Raw_and_typed_contents_do_not_mix()
    {
        var both = RpcTensors.Raw("persistence", "prices", 1);
        both.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { 1 } };
        Assert.Contains("both contents and raw contents", (await RefusedAsync(both)).Status.Detail);

        var extra = RpcTensors.Raw("persistence", "prices", 1);
        extra.RawInputContents.Add(ByteString.Empty);
        Assert.Contains("raw_input_contents has 2 tensors, inputs has 1", (await RefusedAsync(extra)).Status.Detail);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_what_is_not_done_is_unimplemented()
    {
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(RpcTensors.Raw("missing", "x", 1))).StatusCode);
        var version = RpcTensors.Raw("persistence", "prices", 1);
        version.ModelVersion = "9";
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(version)).StatusCode);

        var shared = RpcTensors.Raw("persistence", "prices", 1);
        shared.Inputs[0].Parameters["shared_memory_region"] = new InferParameter { StringParam = "region" };
        Assert.Equal(StatusCode.Unimplemented, (await RefusedAsync(shared)).StatusCode);
    }

    // triton-inference-server/server issue 4972: gRPC's own limit of 4 MiB was hit by what the REST form took.
    [Fact]
    public async Task Message_may_be_as_large_as_a_request_of_the_rest_form()
    {
        var row = new float[2_000_000];
        row[^1] = 8;

        var answer = await InferAsync(RpcTensors.Raw("persistence", "prices", row));
        Assert.Equal(8, RpcTensors.Floats(answer.RawOutputContents[0])[0]);

        var refused = await RefusedAsync(RpcTensors.Raw("persistence", "prices", new float[10_000_000]));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Both_forms_give_the_same_numbers()
    {
        var json = await host.Runner.InferAsync(
            "sums",
            """{"inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[0.1,7]},{"name":"b","shape":[1,2],"datatype":"FP32","data":[0.2,1e-3]}]}"""
        );
        var request = new ModelInferRequest
        {
            ModelName = "sums",
            Inputs = { RpcTensors.Input("a", "FP32", 1, 2), RpcTensors.Input("b", "FP32", 1, 2) },
        };
        request.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { 0.1f, 7 } };
        request.Inputs[1].Contents = new InferTensorContents { Fp32Contents = { 0.2f, 1e-3f } };

        var answer = await InferAsync(request);

        var expected = json.GetProperty("outputs").EnumerateArray().Select(static output => output.GetProperty("data"));
        Assert.Equal(
            expected.SelectMany(static data => data.EnumerateArray()).Select(static value => value.GetSingle()),
            answer.Outputs.SelectMany(static output => output.Contents.Fp32Contents)
        );
    }

    private async Task<ModelInferResponse> InferAsync(ModelInferRequest request) =>
        await host.Runner.Grpc.ModelInferAsync(request, cancellationToken: Token);

    private async Task<RpcException> RefusedAsync(ModelInferRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await InferAsync(request));
}
