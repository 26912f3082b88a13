namespace Pipelines.Sockets.Unofficial;

/// <summary>Why a connection ended. 100 and 400 are the values that the client library knows; the others are for messages.</summary>
public enum PipeShutdownKind
{
    None = 0,
    Disposed = 10,
    ReadEndOfStream = 100,
    ReadFailed = 101,
    InputReaderCompleted = 102,
    WriteEndOfStream = 200,
    WriteFailed = 201,
    ProtocolExitClient = 400,
    ProtocolExitServer = 401,
}
