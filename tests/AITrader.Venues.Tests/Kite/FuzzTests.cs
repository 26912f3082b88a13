using System.Text;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Venues.Tests.Kite;

/// <summary>Whatever comes from the socket or in the instruments list, nothing but the declared refusals comes out. Longer runs:
/// docs/testing.md.</summary>
public sealed class FuzzTests
{
    private const string Instruments =
        "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n"
        + "408065,1594,INFY,\"INFOSYS, LTD\",0,,0,0.05,1,EQ,NSE,NSE\n3924738,15331,NIFTY,NIFTY,12.5,2026-01-29,2.5E+4,0.05,75,CE,NFO-OPT,NFO\n";

    [Fact]
    public void Damaged_frames_never_throw()
    {
        var frames = (
            (int[])
                [
                    KitePacket.LtpLength,
                    KitePacket.QuoteLength,
                    KitePacket.FullLength,
                    KitePacket.IndexQuoteLength,
                    KitePacket.IndexFullLength,
                ]
        )
            .Select(Frame)
            .ToList();
        var random = new Random(Mutations.Seed);
        var damaged = 0;
        for (var i = 0; i < Mutations.Iterations * 5; i++)
        {
            damaged += Walk(Mutations.Of(frames[i % frames.Count], frames, random)) ? 1 : 0;
        }

        Assert.All(frames, static frame => Assert.False(Walk(frame)));
        Assert.InRange(damaged, Mutations.Iterations, (Mutations.Iterations * 5) - 1);
    }

    [Fact]
    public async Task Damaged_instruments_give_one_clear_line()
    {
        var good = Encoding.UTF8.GetBytes(Instruments);
        var random = new Random(Mutations.Seed);
        var (refused, skipped) = (0, 0);
        for (var i = 0; i < Mutations.Iterations; i++)
        {
            var content = Mutations.Of(good, [good], random);
            try
            {
                skipped += (await Read(content)).Skipped > 0 ? 1 : 0;
            }
            catch (FormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
                refused++;
            }
        }

        Assert.Equal((2, 0), await Read(good));
        Assert.InRange(refused, Mutations.Iterations / 10, Mutations.Iterations - 1);
        Assert.InRange(skipped, Mutations.Iterations / 10, Mutations.Iterations - 1);
    }

    private static async Task<(int Rows, long Skipped)> Read(byte[] content)
    {
        var list = await KiteInstrumentList.ReadAsync(
            new StringReader(Encoding.UTF8.GetString(content)),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Math.Min(list.Skipped, 10), list.Problems.Count);
        return (list.Count, list.Skipped);
    }

    /// <summary>Two packets of a length, every byte another, except that the token's last one is a segment that is known.</summary>
    private static byte[] Frame(int length) =>
        [
            0,
            2,
            .. Enumerable
                .Range(0, 2)
                .SelectMany(packet =>
                    (byte[])
                        [
                            (byte)(length >> 8),
                            (byte)length,
                            .. Enumerable.Range(0, length).Select(i => (byte)(i == 3 ? packet + 1 : (i + packet) * 37)),
                        ]
                ),
        ];

    /// <summary>Reads every number of every packet.</summary>
    private static bool Walk(byte[] bytes)
    {
        var frame = new KiteFrame(bytes);
        decimal sum = 0;
        while (frame.MoveNext())
        {
            if (frame.Refused is { } refused)
            {
                Assert.True(refused.Reason == KiteRefusal.Length || !KiteSegment.IsKnown(refused.Token));
                continue;
            }

            var packet = frame.Current;
            sum +=
                packet.LastPrice
                + packet.AveragePrice
                + packet.Open
                + packet.High
                + packet.Low
                + packet.Close
                + packet.LastQuantity
                + packet.Volume
                + packet.BuyQuantity
                + packet.SellQuantity
                + packet.OpenInterest
                + packet.OpenInterestHigh
                + packet.OpenInterestLow
                + packet.LastTradeTime.Year
                + packet.ExchangeTime.Year
                + (int)packet.Mode
                + (packet.IsTradable ? 1 : 0);
            for (var level = 0; level < KitePacket.Levels; level++)
            {
                sum += packet.Bid(level).Price + packet.Offer(level).Price;
            }
        }

        Assert.True(sum >= 0);
        return frame.IsDamaged;
    }
}
