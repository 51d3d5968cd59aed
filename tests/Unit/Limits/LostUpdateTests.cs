using System.Diagnostics;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>
/// Two runs that set different fields of kernel.sem at the same time: each reads, decides and writes alone, and both
/// values arrive.
/// </summary>
public class LostUpdateTests
{
    [FactNeeding(Need.Root)]
    public void Two_fields_that_are_set_at_once_both_arrive() =>
        Sandbox.Run(_ =>
        {
            const ulong rounds = 500;
            File.WriteAllText("/proc/sys/kernel/sem", "100 256001 33 200");
            Both(() => Raise("SEMMSL", 100), () => Raise("SEMMNI", 200));
            Assert.Equal("600\t256001\t33\t700\n", File.ReadAllText("/proc/sys/kernel/sem"));

            static void Raise(string name, ulong start)
            {
                var writer = new LimitWriter(new SysctlFile());
                for (var value = start; value < start + rounds; value++)
                    writer.Apply("kernel.sem", [new LimitChange(Find(name), value, value + 1)]);
            }
        });

    [FactNeeding(Need.Root)]
    public void Two_fields_that_are_persisted_at_once_both_arrive() =>
        Sandbox.Run(_ =>
        {
            const ulong rounds = 15;
            using var folder = new TempFolder();
            var root = folder.PathOf("root");
            Directory.CreateDirectory(Path.GetDirectoryName(root + DropInFile.Path)!);
            File.WriteAllText("/proc/sys/kernel/sem", "250 32000 33 128");
            Both(() => Persist("SEMMSL"), () => Persist("SEMMNI"));
            Assert.Equal($"{rounds} 32000 33 {rounds}", DropInFile.Read(root).ValueOf("kernel.sem"));

            void Persist(string name)
            {
                for (ulong value = 1; value <= rounds; value++)
                {
                    var limits = new Dictionary<LimitDefinition, ulong> { [Find(name)] = value };
                    new LimitPersistence(new SysctlFile(), root: root).Write(limits, CancellationToken.None);
                }
            }
        });

    [FactNeeding(Need.Root)]
    public void Whoever_holds_the_lock_on_the_sysctls_keeps_nobody_from_setting_them() =>
        Sandbox.Run(_ =>
        {
            File.WriteAllText("/proc/sys/kernel/sem", "100 256001 33 200");
            using var held = FolderLock.Take(
                SysctlFile.Folder,
                TimeSpan.FromSeconds(5),
                CancellationToken.None,
                out var errno
            );
            Assert.Equal(0, errno);
            var writer = new LimitWriter(new SysctlFile());
            var clock = Stopwatch.StartNew();
            for (ulong value = 200; value < 250; value++)
                writer.Apply("kernel.sem", [new LimitChange(Find("SEMMNI"), value, value + 1)]);
            Assert.Equal("100\t256001\t33\t250\n", File.ReadAllText("/proc/sys/kernel/sem"));
            // It waits for it once.
            Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        });

    [Fact]
    public void Ctrl_C_ends_the_wait_for_another_run()
    {
        using var folder = new TempFolder();
        var settings = folder.PathOf("root/etc/sysctl.d");
        Directory.CreateDirectory(settings);
        using var other = FolderLock.Take(settings, TimeSpan.Zero, CancellationToken.None, out _);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            FolderLock.Take(settings, TimeSpan.FromMinutes(10), stop.Token, out _)
        );
    }

    private static LimitDefinition Find(string name) => LimitTable.All.Single(limit => limit.Name == name);

    // On threads of their own, which are in this thread's namespace.
    private static void Both(params Action[] runs)
    {
        Exception?[] failures = new Exception?[runs.Length];
        Thread[] threads = [.. runs.Select((run, i) => new Thread(() => failures[i] = Record.Exception(run)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }
}
