using System.Security.Cryptography;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Venues.Kite.Orders;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Kite;

/// <summary>Takes Kite's postbacks. One of an open order of ours has the broker's books read at once; nothing of it is booked, and whatever
/// else comes is counted and forgotten. Safe from any thread.</summary>
internal sealed class KitePostbacks(BrokerState state, BrokerPoller poller, BrokerMetrics metrics, IOptions<KiteOptions> options)
{
    private const int Remembered = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public KitePostback Take(ReadOnlySpan<byte> body)
    {
        var read = KitePostback.Read(body, options.Value.ApiSecret);
        metrics.Posted(
            read switch
            {
                KitePostback.Unreadable => "unreadable",
                KitePostback.Forged => "forged",
                KitePostback.Genuine genuine => Heed(genuine, Convert.ToHexStringLower(SHA256.HashData(body))),
                _ => throw new InvalidOperationException($"Unknown postback {read}."),
            }
        );
        return read;
    }

    private string Heed(KitePostback.Genuine postback, string hash)
    {
        if (!IsNew(hash))
        {
            return "repeated";
        }

        if (!state.IsOpen(postback.OrderId) && !state.IsOpen(postback.Tag))
        {
            return "not_open";
        }

        poller.Wake();
        return "heeded";
    }

    // Two fills within a second have the same checksum: what makes a postback another one is its whole body.
    private bool IsNew(string hash)
    {
        lock (_gate)
        {
            if (!_seen.Add(hash))
            {
                return false;
            }

            _order.Enqueue(hash);
            if (_order.Count > Remembered)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
