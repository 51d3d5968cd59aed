using System.Collections;
using System.Management.Automation;
using PSSysVIpc.Commands;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Limits;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands.Completion;

public class LimitNameCompleterTests
{
    [FactNeeding(Need.Root)]
    public void The_tip_tells_how_the_limit_stands() =>
        Sandbox.Run(_ =>
        {
            Sandbox.MakeSet(0);
            LimitBox.SetSemmni(1);

            Assert.Equal("1 set, Exhausted: Semaphore sets", Complete("SEMMNI")["SEMMNI"]);
            Assert.Equal("unlimited, Ok: Size of one shared memory segment", Complete("SHMMAX")["SHMMAX"]);
            Assert.Equal("32767, Ok: Largest value of one semaphore", Complete("SEMVMX")["SEMVMX"]);
        });

    [FactNeeding(Need.Root)]
    public void Where_the_kernel_tells_nothing_the_names_are_still_there() =>
        Sandbox.Run(_ =>
        {
            using var folder = new TempFolder();
            TestLibc.UnshareMounts();
            LimitBox.Set("kernel.sem", "-5");
            Assert.Equal("Semaphores in one set", Complete("SEMMSL")["SEMMSL"]);

            TestLibc.BindMount(folder.AddFile("empty", ""), "/proc/sys/kernel/random/boot_id");
            Assert.Equal("Semaphore sets", Complete("SEMMNI")["SEMMNI"]);
        });

    [FactNeeding(Need.Root)]
    public void To_set_those_are_offered_that_can_be_set() =>
        Sandbox.Run(_ =>
            Assert.Equal(
                ["SEMMSL", "SEMMNS", "SEMOPM", "SEMMNI"],
                Complete("SEM", new SettableLimitNameCompleter()).Keys
            )
        );

    [FactNeeding(Need.Root)]
    public void To_be_set_no_more_those_are_offered_that_the_file_sets() =>
        Sandbox.Run(box =>
        {
            TestLibc.UnshareMounts();
            TestLibc.Mount("tmpfs", "/etc/sysctl.d", "mode=755");
            Assert.Empty(Complete("", new PersistedLimitNameCompleter()).Keys);

            box.Invoke("Set-IpcLimit SHMMNI 4000 -Persist; Set-IpcLimit MSGMAX 9000 -Persist").Clean();
            Assert.Equal(["SHMMNI", "MSGMAX"], Complete("", new PersistedLimitNameCompleter()).Keys);

            File.WriteAllText("/etc/sysctl.d/60-pssysvipc.conf", "# somebody else's\n");
            Assert.Equal(12, Complete("", new PersistedLimitNameCompleter()).Count);
        });

    [FactNeeding(Need.Root)]
    public void Each_cmdlet_offers_its_own() =>
        Sandbox.Run(_ =>
        {
            foreach (
                var (command, completer) in new[]
                {
                    (typeof(GetIpcLimitCommand), typeof(LimitNameCompleter)),
                    (typeof(SetIpcLimitCommand), typeof(SettableLimitNameCompleter)),
                    (typeof(RemoveIpcLimitPersistenceCommand), typeof(PersistedLimitNameCompleter)),
                }
            )
            {
                Assert.Equal(
                    completer,
                    command
                        .GetProperty("Name")!
                        .GetCustomAttributes(false)
                        .OfType<ArgumentCompleterAttribute>()
                        .Single()
                        .Type
                );
            }
        });

    private static Dictionary<string, string> Complete(string typed, LimitNameCompleter completer) =>
        completer
            .CompleteArgument("", "Name", typed, null!, new Hashtable())
            .ToDictionary(result => result.CompletionText, result => result.ToolTip);

    private static Dictionary<string, string> Complete(string typed) =>
        new LimitNameCompleter()
            .CompleteArgument("Get-IpcLimit", "Name", typed, null!, new Hashtable())
            .ToDictionary(result => result.CompletionText, result => result.ToolTip);
}
