using System.Runtime.Versioning;

// Modes of files, signals, namespaces: nothing here is meant to run anywhere else.
[assembly: SupportedOSPlatform("linux")]
