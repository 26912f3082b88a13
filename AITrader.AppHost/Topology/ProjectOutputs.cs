namespace AITrader.AppHost.Topology;

/// <summary>Where the build puts programs: all projects of the solution side by side, so that one folder leads to the next.</summary>
internal static class ProjectOutputs
{
    /// <summary>The program of a project, of the same configuration as this host.</summary>
    public static string ProgramOf(string projectPath)
    {
        // artifacts/bin/AITrader.AppHost/release/ -> artifacts/bin/{project}/release/{project}
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var name = Path.GetFileNameWithoutExtension(projectPath);
        var program = Path.Combine(OutputsOf(own), name, own.Name, name);
        return OperatingSystem.IsWindows() ? program + ".exe" : program;
    }

    private static string OutputsOf(DirectoryInfo own) => own.Parent!.Parent!.FullName;
}
