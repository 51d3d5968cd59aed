using System.Diagnostics;
using System.Text;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>
/// A thread that sees folders and an /etc/sysctl.conf of its own, and boots there again and again: each time in a new
/// IPC namespace, whose limits are the kernel's own defaults.
/// </summary>
internal sealed class BootMachine : IDisposable
{
    private const string Configuration = "/etc/sysctl.conf";
    private const string Credentials = "/run/credstore";

    private static readonly Dictionary<string, string> s_folders = new()
    {
        ["etc"] = "/etc/sysctl.d",
        ["run"] = "/run/sysctl.d",
        ["local"] = "/usr/local/lib/sysctl.d",
        ["usr"] = "/usr/lib/sysctl.d",
        ["lib"] = "/lib/sysctl.d",
        ["credentials"] = Credentials,
    };

    private readonly string _configuration = Path.GetTempFileName();

    private BootMachine()
    {
        TestLibc.UnshareMounts();
        string[] hidden =
        [
            "/run",
            .. s_folders.Values.Where(folder => !folder.StartsWith("/run/", StringComparison.Ordinal)),
        ];
        // Where there is no such folder it is made in an empty one, which hides the machine's.
        foreach (var folder in hidden)
            TestLibc.Mount("tmpfs", Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder)!, "mode=755");
        foreach (var folder in s_folders.Values)
            Directory.CreateDirectory(folder);
        TestLibc.BindMount(_configuration, Configuration);
    }

    /// <summary>Runs a test on a thread of its own.</summary>
    internal static void Run(Action<Sandbox> test) =>
        Sandbox.Run(box =>
        {
            using var machine = new BootMachine();
            test(box);
        });

    public void Dispose() => File.Delete(_configuration);

    /// <summary>Lays the files of a case where the readers look for them, and takes away all others.</summary>
    internal static void Lay(BootCase files)
    {
        foreach (var entry in s_folders.Values.SelectMany(Directory.GetFileSystemEntries))
        {
            if (new FileInfo(entry).LinkTarget is null && Directory.Exists(entry))
                Directory.Delete(entry);
            else
                File.Delete(entry);
        }

        File.WriteAllText(Configuration, "");
        foreach (var (place, content) in files.Files)
        {
            var path = PathOf(place);
            if (place.EndsWith('/'))
                Directory.CreateDirectory(path);
            else if (content.StartsWith("->", StringComparison.Ordinal))
                File.CreateSymbolicLink(path, content[2..]);
            else
                File.WriteAllText(path, content, Encoding.Latin1);
        }
    }

    /// <summary>Lets a reader apply what lies there.</summary>
    /// <returns>All limits as the kernel has them afterwards, and what the reader said.</returns>
    internal static (IReadOnlyDictionary<LimitField, string> Values, string Output) Boot(BootReader reader)
    {
        TestLibc.Unshare(TestLibc.NewIpcNamespace);
        var start =
            reader == BootReader.Systemd
                ? new ProcessStartInfo("/lib/systemd/systemd-sysctl")
                : new ProcessStartInfo("/bin/sh", ["-c", "exec /sbin/sysctl --system 2>&1"])
                {
                    RedirectStandardOutput = true,
                };
        // What systemd does for its service.
        start.Environment["CREDENTIALS_DIRECTORY"] = Credentials;
        start.RedirectStandardError = reader == BootReader.Systemd;
        using var process = Process.Start(start)!;
        var output = (reader == BootReader.Systemd ? process.StandardError : process.StandardOutput).ReadToEnd();
        process.WaitForExit();
        return (LimitField.ReadAll(), output);
    }

    internal static string PathOf(string place)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? $"/etc/{place}" : s_folders[place[..slash]] + place[slash..];
    }
}
