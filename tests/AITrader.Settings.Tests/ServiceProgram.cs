using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Settings.Tests;

/// <summary>A service's program, loaded from its own folder, and what it registers: it is run up to where its host would be built, and no
/// further.</summary>
/// <remarks>What <c>HostFactoryResolver</c> does for tools: a builder announces itself before it builds.</remarks>
internal sealed class ServiceProgram : AssemblyLoadContext
{
    private const string HostListener = "Microsoft.Extensions.Hosting";
    private const string BeforeBuild = "HostBuilding";

    // Programs refuse to register anything without; nothing is dialled.
    private static readonly string[] Connections = ["--ConnectionStrings:redis=nowhere:1", "--ConnectionStrings:aitrader=Host=nowhere"];

    private readonly AssemblyDependencyResolver _resolver;
    private readonly Assembly _program;

    public ServiceProgram(Service service)
        : base(service.Project)
    {
        _resolver = new AssemblyDependencyResolver(service.Program);
        Resolving += (_, name) => _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
        _program = LoadFromAssemblyPath(service.Program);
        Registrations = [.. Register([]), .. service.Arguments.Length > 0 ? Register(service.Arguments) : []];
    }

    /// <summary>Everything that the service registers.</summary>
    public IReadOnlyList<ServiceDescriptor> Registrations { get; }

    /// <summary>The options that it binds to configuration, each once.</summary>
    public IEnumerable<Type> Options =>
        Registrations
            .Select(static found => found.ServiceType)
            .Where(static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(static type => type.GetGenericArguments()[0])
            .Where(static type => type.Assembly.GetName().Name!.StartsWith("AITrader.", StringComparison.Ordinal))
            .Distinct();

    /// <summary>Classes of the house's assemblies that look like options: they say of which section.</summary>
    public IEnumerable<Type> Candidates =>
        Assemblies
            .Where(static assembly => assembly.GetName().Name!.StartsWith("AITrader.", StringComparison.Ordinal))
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type =>
                type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal) && OptionsSection.Of(type) is not null
            );

    // What is shared with this process, such as the dependency injection of the framework, is shared; the rest is the service's own.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name!.StartsWith("AITrader.", StringComparison.Ordinal) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;

    private List<ServiceDescriptor> Register(string[] arguments)
    {
        var watcher = new Watcher();
        using (DiagnosticListener.AllListeners.Subscribe(watcher))
        {
            try
            {
                _program.EntryPoint!.Invoke(null, [(string[])[.. Connections, .. arguments]]);
            }
            catch (TargetInvocationException stopped) when (stopped.InnerException is Enough)
            {
                return watcher.Found!;
            }
        }

        throw new InvalidOperationException($"{Name} built no host.");
    }

    private sealed class Enough : Exception;

    private sealed class Watcher : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public List<ServiceDescriptor>? Found { get; private set; }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == HostListener)
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == BeforeBuild && Environment.CurrentManagedThreadId == _thread && value.Value is IHostBuilder builder)
            {
                builder.ConfigureServices(
                    (_, services) =>
                    {
                        Found = [.. services];
                        throw new Enough();
                    }
                );
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
