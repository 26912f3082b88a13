using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Sessions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AITrader.MockMcp.Mcp;

/// <summary>A tool that works for a user who signed in. As with Kite's MCP server, its errors do not say what the broker said.</summary>
internal sealed class KiteTool(
    string name,
    string description,
    ToolSchema schema,
    string failure,
    Func<McpFace, ToolArguments, object?> run
) : McpServerTool
{
    /// <summary>How the broker counts its requests.</summary>
    public RequestKind Kind { get; init; } = RequestKind.Other;

    /// <summary>Whether it places, changes or cancels orders.</summary>
    public bool IsOrder { get; init; }

    public bool NeedsLogin { get; init; } = true;

    /// <summary>What is wrong with the arguments beyond those that are missing; null for nothing.</summary>
    public Func<ToolArguments, string?> Check { get; init; } = static _ => null;

    public override IReadOnlyList<object> Metadata => [];

    public override Tool ProtocolTool { get; } =
        new()
        {
            Name = name,
            Description = description,
            InputSchema = schema.ToJson(),
        };

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        var arguments = new ToolArguments(request.Params?.Arguments);
        if ((arguments.Missing(schema.Required) ?? Check(arguments)) is { } wrong)
        {
            return ValueTask.FromResult(Error(wrong));
        }

        var face = request.Services!.GetRequiredService<McpFace>();
        return ValueTask.FromResult(NeedsLogin ? RunSignedIn(face, request.Server.SessionId, arguments) : Answer(face, arguments));
    }

    public static CallToolResult Error(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };

    public static CallToolResult Plain(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private CallToolResult RunSignedIn(McpFace face, string? session, ToolArguments arguments)
    {
        if (face.Logins.Find(session) is not { } access)
        {
            return Error("Please log in first using the login tool");
        }

        var isRefused =
            face.Faults.TakeRefusal(IsOrder) is not null
            || !face.Sessions.IsOpen(McpApp.Key, access)
            || !face.Limits.TryTake(McpApp.Key, Kind);
        if (isRefused)
        {
            return Error(failure);
        }

        // Kite's MCP server gives up on an answer that does not come, whatever became of the order.
        var lost = IsOrder ? face.OrderFaults.TakeLostAnswer() : null;
        var answer = lost == LostAnswer.Unsent ? Error(failure) : Answer(face, arguments);
        return lost is null ? answer : Error(failure);
    }

    private CallToolResult Answer(McpFace face, ToolArguments arguments)
    {
        try
        {
            return Plain(GoJson.Of(run(face, arguments)));
        }
        catch (BrokerRefusalException)
        {
            return Error(failure);
        }
    }
}
