using System.Runtime.Versioning;

// System V IPC, namespaces and file modes: the tests are Linux's from end to end.
[assembly: SupportedOSPlatform("linux")]
