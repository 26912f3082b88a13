using System.Reflection;
using System.Runtime.Loader;

namespace AITrader.Strategies.Loading;

/// <summary>A user's strategies from an assembly, in a load context of its own: what they bring with them cannot collide with ours, and
/// they
/// can be unloaded and loaded again.</summary>
public sealed class StrategyPlugin : IDisposable
{
    private readonly PluginContext _context;

    private StrategyPlugin(PluginContext context, IReadOnlyDictionary<string, Type> types) => (_context, Types) = (context, types);

    /// <summary>Its strategies by the names of their classes: public, not abstract, with a constructor without parameters.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; }

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="StrategyLoadException">It is missing, is no assembly, or has no strategy; the message says what to do.</exception>
    public static StrategyPlugin Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new StrategyLoadException($"there is no file {path}");
        }

        var context = new PluginContext(full);
        try
        {
            return Load(path, full, context);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>A new strategy of a class; of the only one where no name is given.</summary>
    /// <exception cref="StrategyLoadException">There is none of that name, there are several, or its constructor failed.</exception>
    public Strategy Create(string? name = null)
    {
        var names = string.Join(", ", Types.Keys.Order(StringComparer.Ordinal));
        if (name is null && Types.Count > 1)
        {
            throw new StrategyLoadException($"there are several strategies: name one of {names}");
        }

        var type = name is null ? Types.Values.Single() : Types.GetValueOrDefault(name);
        if (type is null)
        {
            throw new StrategyLoadException($"there is no strategy {name}; there are {names}");
        }

        try
        {
            return (Strategy)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException problem)
        {
            throw new StrategyLoadException($"the constructor of {type.Name} failed: {problem.InnerException?.Message}", problem);
        }
    }

    /// <summary>Lets it be unloaded, once nothing of it is in use.</summary>
    public void Dispose() => _context.Unload();

    private static StrategyPlugin Load(string path, string full, PluginContext context)
    {
        Type[] exported;
        try
        {
            exported = context.LoadFromAssemblyPath(full).GetExportedTypes();
        }
        catch (Exception problem)
            when (problem is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException)
        {
            throw new StrategyLoadException(
                $"{path} cannot be loaded: {problem.Message} Build it against this version of AITrader.",
                problem
            );
        }

        var types = exported
            .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Strategy)))
            .Where(static type => type.GetConstructor(Type.EmptyTypes) is not null)
            .ToDictionary(static type => type.Name, StringComparer.Ordinal);
        return types.Count > 0
            ? new StrategyPlugin(context, types)
            : throw new StrategyLoadException(
                $"{path} has no strategy: a public class that derives from AITrader.Strategies.Strategy and can be made without arguments"
            );
    }

    // Ours are shared, so that its Strategy is our Strategy; everything else comes from its own folder.
    private sealed class PluginContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path), isCollectible: true)
    {
        private const string Ours = "AITrader.";

        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name?.StartsWith(Ours, StringComparison.Ordinal) == true ? Default.LoadFromAssemblyName(assemblyName)
            : _resolver.ResolveAssemblyToPath(assemblyName) is { } own ? LoadFromAssemblyPath(own)
            : null;
    }
}

/// <summary>A strategy cannot be loaded; the message says why and what to do.</summary>
public sealed class StrategyLoadException : Exception
{
    /// <summary>With a message.</summary>
    public StrategyLoadException(string message)
        : base(message) { }

    /// <summary>With what caused it.</summary>
    public StrategyLoadException(string message, Exception cause)
        : base(message, cause) { }
}
