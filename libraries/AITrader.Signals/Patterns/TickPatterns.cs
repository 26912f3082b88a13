using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns.Microstructure;
using AITrader.Signals.Patterns.Oscillators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>One symbol's patterns of single ticks beyond the first three: structs that are called directly. For one thread; allocates in
/// the constructor only.</summary>
internal sealed class TickPatterns
{
    private readonly bool _runsZScore;
    private readonly bool _runsImbalance;
    private readonly bool _runsSweep;
    private readonly bool _runsAbsorption;
    private readonly bool _runsSpread;
    private readonly bool _runsVolume;
    private TradeFlow _flow;
    private ZScoreDetector _zScore;
    private ImbalanceBurstDetector _imbalance;
    private SweepDetector _sweep;
    private AbsorptionDetector _absorption;
    private SpreadShockDetector _spread;
    private VolumeSpikeDetector _volume;

    internal TickPatterns(PatternParameters parameters)
    {
        var running = parameters.Running;
        _runsZScore = running.Contains(PatternCatalogue.ZScore);
        _runsImbalance = running.Contains(PatternCatalogue.ImbalanceBurst);
        _runsSweep = running.Contains(PatternCatalogue.Sweep);
        _runsAbsorption = running.Contains(PatternCatalogue.Absorption);
        _runsSpread = running.Contains(PatternCatalogue.SpreadShock);
        _runsVolume = running.Contains(PatternCatalogue.VolumeSpike);
        IsIdle = !(_runsZScore || _runsImbalance || _runsSweep || _runsAbsorption || _runsSpread || _runsVolume);
        _zScore = new ZScoreDetector(parameters.Of(PatternCatalogue.ZScore));
        _imbalance = new ImbalanceBurstDetector(parameters.Of(PatternCatalogue.ImbalanceBurst));
        _sweep = new SweepDetector(parameters.Of(PatternCatalogue.Sweep));
        _absorption = new AbsorptionDetector(parameters.Of(PatternCatalogue.Absorption));
        _spread = new SpreadShockDetector(parameters.Of(PatternCatalogue.SpreadShock));
        _volume = new VolumeSpikeDetector(parameters.Of(PatternCatalogue.VolumeSpike));
    }

    /// <summary>Whether none of them runs.</summary>
    internal bool IsIdle { get; }

    internal void Trade(in PackedTick trade, SymbolState state, ref Detections found)
    {
        _flow.Update(trade, state);
        if (_runsZScore)
        {
            _zScore.Update(trade.TimeMicros, state.Last, ref found);
        }

        if (_runsSweep)
        {
            _sweep.Update(trade, _flow.Side, ref found);
        }

        if (_runsAbsorption)
        {
            _absorption.Update(trade, _flow.Side, ref found);
        }

        if (_runsVolume)
        {
            _volume.Update(trade, _flow.Side, ref found);
        }
    }

    internal void Quote(in PackedTick quote, ref Detections found)
    {
        if (_runsImbalance)
        {
            _imbalance.Update(quote, ref found);
        }

        if (_runsSpread)
        {
            _spread.Update(quote, ref found);
        }
    }

    internal void Save(StateWriter writer)
    {
        _flow.Save(writer);
        if (_runsZScore)
        {
            _zScore.Save(writer);
        }

        if (_runsImbalance)
        {
            _imbalance.Save(writer);
        }

        if (_runsSweep)
        {
            _sweep.Save(writer);
        }

        if (_runsAbsorption)
        {
            _absorption.Save(writer);
        }

        if (_runsSpread)
        {
            _spread.Save(writer);
        }

        if (_runsVolume)
        {
            _volume.Save(writer);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _flow.Load(ref reader);
        if (_runsZScore)
        {
            _zScore.Load(ref reader);
        }

        if (_runsImbalance)
        {
            _imbalance.Load(ref reader);
        }

        if (_runsSweep)
        {
            _sweep.Load(ref reader);
        }

        if (_runsAbsorption)
        {
            _absorption.Load(ref reader);
        }

        if (_runsSpread)
        {
            _spread.Load(ref reader);
        }

        if (_runsVolume)
        {
            _volume.Load(ref reader);
        }
    }
}
