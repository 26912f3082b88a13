namespace AITrader.AppHost.Topology;

/// <summary>Finds the programs that the build puts side by side, one folder per project.</summary>
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
