using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Benchmarks;

/// <summary>Binary frames of the Kite ticker to normalised ticks: the frame's packets read in place, price, size, best bid and ask taken
/// and judged by the normaliser.</summary>
internal sealed class KiteMeasure
{
    private const int Frames = 2_000;
    private const int Instruments = 20;
    private const double Nanos = 1e9;

    private readonly byte[][] _frames = [.. Make()];
    private readonly Normalizer _normalizer = new();
    private readonly Dictionary<uint, int> _symbols = [];
    private long _micros = 1_723_161_255_000_000;

    public KiteMeasure()
    {
        for (var i = 0; i < Instruments; i++)
        {
            _symbols.Add(Token(i), i);
            _normalizer.Define(i, new InstrumentRules());
        }
    }

    /// <summary>Takes every result, so that no loop can be left out.</summary>
    public long Sink { get; private set; }

    public void Run(Findings findings, CancellationToken ct)
    {
        if (Read() is var ticks && ticks != Frames * Instruments)
        {
            throw new InvalidOperationException($"{ticks} ticks of {Frames * Instruments} packets.");
        }

        var bytes = _frames.Sum(static frame => frame.Length);
        var result = ShortSlices.Measure(() => Read(), Touch, ct);
        var each = result.Subject / (Frames * Instruments) * Nanos;
        findings.Row($"Kite full packet -> tick, {Instruments} a frame", each, "ns");
        findings.Row("Kite frames read", bytes / result.Subject / 1e6, "MB/s");
        findings.Row("floor: Kite frames, bare memory loop", bytes / result.Floor / 1e6, "MB/s");
        findings.AtMost("kite_packet_to_tick", each, "ns", 500);
        findings.AtMost("kite_allocation", Allocations.Of(() => Read()), "B", 0);
        findings.Control("Kite packets", result.Control);
    }

    private static uint Token(int instrument) => ((uint)(instrument + 1) << 8) | 1;

    private static IEnumerable<byte[]> Make()
    {
        var random = new Random(5);
        var writer = new KiteFrameWriter();
        for (var frame = 0; frame < Frames; frame++)
        {
            writer.Clear();
            for (var i = 0; i < Instruments; i++)
            {
                var price = 1_500m + (random.Next(-2_000, 2_000) * 0.05m);
                writer.Add(
                    new KiteSnapshot
                    {
                        Token = Token(i),
                        LastPrice = price,
                        LastQuantity = (uint)random.Next(1, 500),
                        Volume = (uint)(frame + 1) * 100,
                        ExchangeTime = DateTimeOffset.UnixEpoch.AddSeconds(1_723_161_255 + frame),
                        Bids =
                        [
                            .. Enumerable.Range(1, 5).Select(level => new KiteLevel((uint)random.Next(1, 900), price - (level * 0.05m), 3)),
                        ],
                        Offers =
                        [
                            .. Enumerable.Range(1, 5).Select(level => new KiteLevel((uint)random.Next(1, 900), price + (level * 0.05m), 3)),
                        ],
                    },
                    KiteMode.Full
                );
            }

            yield return writer.Frame.ToArray();
        }
    }

    private int Read()
    {
        var ticks = 0;
        foreach (var bytes in _frames)
        {
            var frame = new KiteFrame(bytes);
            _micros++;
            while (frame.MoveNext())
            {
                ticks += _normalizer.Normalize(Event(frame.Current), out var tick) == TickVerdict.Passed ? 1 : 0;
                Sink += tick.Price.Nanos;
            }
        }

        return ticks;
    }

    private SourceTick Event(in KitePacket packet)
    {
        var (bid, ask) = (packet.Bid(0), packet.Offer(0));
        return new SourceTick
        {
            ReceivedMicros = _micros,
            Tick = new PackedTick
            {
                TimeMicros = _micros,
                Symbol = _symbols[packet.Token],
                Kind = TickKind.Trade,
                Price = PriceOf(packet.LastPrice),
                Size = Quantity.FromRaw(packet.LastQuantity * Quantity.Scale),
                Bid = PriceOf(bid.Price),
                BidSize = Quantity.FromRaw(bid.Quantity * Quantity.Scale),
                Ask = PriceOf(ask.Price),
                AskSize = Quantity.FromRaw(ask.Quantity * Quantity.Scale),
            },
        };
    }

    private static Price PriceOf(decimal price) => Price.TryCreate(price, out var exact) ? exact : default;

    private void Touch() => Sink += MemoryFloor.Sum(_frames);
}
