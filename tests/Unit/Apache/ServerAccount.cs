using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// The user www-data as only one thread, and what it starts, sees it: the name is the one admins type, the ids are
/// nobody's. With the machine's own ids, any web server that runs there would make the test's leftovers look used.
/// </summary>
internal static class ServerAccount
{
    internal const string Name = "www-data";

    /// <summary>Gives the calling thread this account, in mounts of its own, for as long as the thread lives.</summary>
    /// <returns>The id of its user and of its group.</returns>
    internal static uint Introduce(TempFolder folder)
    {
        var id = FreshIds.Next();
        Introduce(folder, Name, id);
        return id;
    }

    /// <summary>The same with the account of another server, and ids that the caller has.</summary>
    internal static void Introduce(TempFolder folder, string name, uint id)
    {
        TestLibc.UnshareMounts();
        Replace("/etc/passwd", name, $"{name}:x:{id}:{id}::/nonexistent:/usr/sbin/nologin", folder);
        Replace("/etc/group", name, $"{name}:x:{id}:", folder);
    }

    /// <summary>The living processes that run as it.</summary>
    internal static IReadOnlyList<ProcessRecord> Processes(uint user) => new ProcessScanner().Scan().OfUser(user);

    /// <summary>Ends them as kill -9 does.</summary>
    /// <returns>How many there were.</returns>
    internal static int KillProcesses(uint user)
    {
        var processes = Processes(user);
        foreach (var process in processes)
            TestLibc.TrySignal(process.Id, TestLibc.KillSignal);
        return processes.Count;
    }

    private static void Replace(string path, string name, string account, TempFolder folder)
    {
        var others = File.ReadLines(path).Where(line => !line.StartsWith(name + ":", StringComparison.Ordinal));
        var copy = folder.AddFile(
            Path.GetFileName(path),
            string.Concat([.. others.Append(account).Select(line => line + "\n")])
        );
        TestLibc.BindMount(copy, path);
    }
}
