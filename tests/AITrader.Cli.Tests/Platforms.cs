using System.Runtime.Versioning;

// Modes of files, signals and /proc.
[assembly: UnsupportedOSPlatform("windows")]
