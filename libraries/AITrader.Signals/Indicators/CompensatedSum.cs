using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>A sum that keeps what additions round off (Neumaier).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    internal readonly double Value => _sum + _lost;

    internal void Add(double value)
    {
        var sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    /// <summary>Takes another sum away, with what that has kept.</summary>
    internal void Subtract(in CompensatedSum other)
    {
        Add(-other._sum);
        Add(-other._lost);
    }

    /// <summary>Adds a product, with what its multiplication rounds off.</summary>
    internal void AddProduct(double left, double right)
    {
        var product = left * right;
        Add(product);
        Add(Math.FusedMultiplyAdd(left, right, -product));
    }

    internal readonly void Save(StateWriter writer)
    {
        writer.Write(_sum);
        writer.Write(_lost);
    }

    internal void Load(ref StateReader reader)
    {
        _sum = reader.ReadDouble();
        _lost = reader.ReadDouble();
    }
}
