namespace PSSysVIpc.Tests.Native;

/// <summary>Files of the machine whose imports are known.</summary>
internal static class LibraryFiles
{
    /// <summary>It has functions for all three kinds of IPC.</summary>
    internal const string Perl = "/usr/bin/perl";

    /// <summary>It comes with Apache.</summary>
    internal static string? Apr { get; } = Find("libapr-1.so.0");

    /// <summary>What all programs of systemd share.</summary>
    internal static string? Systemd { get; } =
        Directory
            .GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(folder => Path.Combine(folder, "systemd"))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "libsystemd-shared-*.so"))
            .FirstOrDefault();

    /// <summary>Of OpenSSL.</summary>
    internal static string? Crypto { get; } = Find("libcrypto.so.3");

    internal static string C { get; } = Find("libc.so.6")!;

    internal static byte[] Start(string path, int length)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(length, file.Length)];
        file.ReadExactly(bytes);
        return bytes;
    }

    // Debian keeps them in a folder named after the architecture.
    private static string? Find(string name) =>
        Directory
            .GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
