using System.Reflection;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Any public indicator, found by reflection, so that a new one cannot be forgotten: made with one number for all its periods,
/// fed, and read whole.</summary>
internal sealed class AnyIndicator
{
    private readonly object _indicator;
    private readonly MethodInfo _update;
    private readonly List<PropertyInfo> _outputs;

    private AnyIndicator(Type type, object indicator)
    {
        _indicator = indicator;
        _update = type.GetMethods().First(static method => method.Name == "Update");
        _outputs = [.. type.GetProperties().Where(static property => property.PropertyType == typeof(double))];
    }

    internal static List<Type> Types { get; } =
    [
        .. typeof(BarInput)
            .Assembly.GetExportedTypes()
            .Where(static type =>
                type.Namespace == typeof(BarInput).Namespace && type.GetMethods().Any(static method => method.Name == "Update")
            ),
    ];

    /// <summary>One whose periods are all <paramref name="period"/>, or the shortest that it takes where one must be longer than
    /// another.</summary>
    internal static AnyIndicator Of(string name, int period)
    {
        var type = Types.Single(candidate => candidate.Name == name);
        var constructor = type.GetConstructors().MaxBy(static candidate => candidate.GetParameters().Length);
        object[] given = [.. (constructor?.GetParameters() ?? []).Select(parameter => Argument(type, parameter, period))];
        return new AnyIndicator(type, constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke(given));
    }

    internal void Update(in BarInput bar)
    {
        object[] given = _update.GetParameters() switch
        {
            [{ ParameterType.IsByRef: true }] => [bar],
            [_] => [bar.Close],
            _ => [bar.Close, bar.Volume],
        };
        try
        {
            _update.Invoke(_indicator, given);
        }
        catch (TargetInvocationException wrapped)
        {
            throw wrapped.InnerException!;
        }
    }

    internal IEnumerable<(string Name, double Value)> Read() =>
        _outputs.Select(output => (output.Name, (double)output.GetValue(_indicator)!));

    internal byte[] Save()
    {
        var writer = new StateWriter();
        _indicator.GetType().GetMethod("Save")!.Invoke(_indicator, [writer]);
        return writer.Written.ToArray();
    }

    private static object Argument(Type type, ParameterInfo parameter, int period) =>
        (type.Name, parameter.Name) switch
        {
            _ when parameter.ParameterType == typeof(double) => parameter.DefaultValue!,
            ("Adx", _) => Math.Max(2, period), // of 1 it has no rating
            ("Macd" or "Kama", "slow") => period + 1,
            _ => period,
        };
}
