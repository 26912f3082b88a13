using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>A bar as bytes.</summary>
internal static class BarState
{
    internal static void Save(StateWriter state, in Bar bar)
    {
        state.Write((int)bar.Kind);
        state.Write(bar.Symbol);
        state.Write(bar.StartMicros);
        state.Write(bar.EndMicros);
        Save(state, bar.Trade);
        state.Write(bar.Volume.Raw);
        Save(state, bar.Bid);
        Save(state, bar.Ask);
        state.Write(bar.BidSize.Raw);
        state.Write(bar.AskSize.Raw);
        state.Write(bar.Ticks);
        state.Write(bar.IsComplete);
    }

    internal static Bar Load(ref StateReader state) =>
        new()
        {
            Kind = (BarKind)state.ReadInt32((int)BarKind.Trade, (int)BarKind.Quote),
            Symbol = state.ReadInt32(),
            StartMicros = state.ReadInt64(),
            EndMicros = state.ReadInt64(),
            Trade = LoadPrices(ref state),
            Volume = Volume.FromRaw(state.ReadInt128()),
            Bid = LoadPrices(ref state),
            Ask = LoadPrices(ref state),
            BidSize = Quantity.FromRaw(state.ReadInt64()),
            AskSize = Quantity.FromRaw(state.ReadInt64()),
            Ticks = state.ReadInt64(),
            IsComplete = state.ReadBoolean(),
        };

    private static void Save(StateWriter state, in Ohlc prices)
    {
        state.Write(prices.Open.Nanos);
        state.Write(prices.High.Nanos);
        state.Write(prices.Low.Nanos);
        state.Write(prices.Close.Nanos);
    }

    private static Ohlc LoadPrices(ref StateReader state) =>
        new(
            Price.FromNanos(state.ReadInt64()),
            Price.FromNanos(state.ReadInt64()),
            Price.FromNanos(state.ReadInt64()),
            Price.FromNanos(state.ReadInt64())
        );
}
