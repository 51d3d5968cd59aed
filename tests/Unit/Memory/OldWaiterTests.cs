using System.Diagnostics;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Memory;

/// <summary>Programs of 32 bits that wait: their calls have other numbers, and some one number in common.</summary>
public class OldWaiterTests
{
    private const uint Size = 16;
    private const uint Wanted = 7;
    private const uint BigMessage = 1000;

    // msgrcv; ipc with MSGRCV of the old version, which keeps the type in memory, and of the new one; the others send.
    public static TheoryData<string, uint, uint[], string> Calls =>
        new()
        {
            { "msgrcv", 401, [0, OldProgram.Data, Size, Wanted, 0], "receives type 7" },
            { "ipc, MSGRCV", 117, [12, 0, Size, 0, OldProgram.Data, 0], "receives" },
            { "ipc, MSGRCV of version 1", 117, [0x1000c, 0, Size, 0, OldProgram.Data, Wanted], "receives type 7" },
            { "msgsnd", 400, [0, OldProgram.Data, BigMessage, 0], "sends" },
            { "ipc, MSGSND", 117, [11, 0, BigMessage, 0, OldProgram.Data, 0], "sends" },
        };

    [TheoryNeeding(Need.Root | Need.OldPrograms)]
    [MemberData(nameof(Calls))]
    public void One_that_waits_on_a_queue_is_named(string call, uint number, uint[] arguments, string shown) =>
        Sandbox.Run(box =>
        {
            File.WriteAllText("/proc/sys/kernel/msgmnb", "100");
            Assert.Equal(0, TestLibc.MakeQueue());
            using var folder = new TempFolder();
            var path = folder.PathOf("old");
            OldProgram.Write(path, number, arguments);
            using var process = Process.Start(path);
            try
            {
                Wait.Until(() => process.HasExited || IsWaiting(process.Id), "it waits");
                Assert.False(process.HasExited, $"{call} did not wait.");

                var queue = box.Invoke("Get-IpcMessageQueue").Clean().Queue;
                Assert.Equal($"{process.Id} old ({shown})", $"{Assert.Single(queue.WaitingProcesses)}");
                Assert.Equal("InUse", queue.Status);
            }
            finally
            {
                process.Kill();
                process.WaitForExit();
            }
        });

    private static bool IsWaiting(int processId) =>
        File.ReadAllText($"/proc/{processId}/wchan").StartsWith("do_msg", StringComparison.Ordinal);
}
