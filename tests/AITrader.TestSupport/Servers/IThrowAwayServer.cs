namespace AITrader.TestSupport.Servers;

/// <summary>A server that runs somewhere: as a process of this machine, or in a container.</summary>
internal interface IThrowAwayServer : IAsyncDisposable
{
    /// <summary>Begins to start it, again with the data that it had. It may end at once, as where somebody else took the port.</summary>
    Task StartAsync(int port);

    /// <summary>Whether it has not ended.</summary>
    Task<bool> IsRunningAsync();

    /// <summary>As an operator would, at once.</summary>
    Task StopAsync();

    /// <summary>As a crash or a power cut would.</summary>
    Task KillAsync();

    /// <summary>Stops all of its processes from doing anything, while its connections stand.</summary>
    void Freeze();

    /// <summary>Lets them go on.</summary>
    void Thaw();

    /// <summary>What it has written.</summary>
    Task<string> ReadLogAsync();
}
