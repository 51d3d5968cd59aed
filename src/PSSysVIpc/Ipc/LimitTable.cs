namespace PSSysVIpc.Ipc;

/// <summary>All limits, in the order in which they are shown.</summary>
internal static class LimitTable
{
    internal const string Semaphore = "Semaphore";
    internal const string SharedMemory = "SharedMemory";
    internal const string MessageQueue = "MessageQueue";

    private const string KernelSem = "kernel.sem";

    // IPCMNI and IPCMNI_EXTEND (ipc/util.h), which bound SEMMNI, SHMMNI and MSGMNI (ipc/ipc_sysctl.c, sem_check_semmni
    // in ipc/util.h).
    private const ulong LargestCount = 1 << 15;
    private const ulong LargestExtendedCount = 1 << 24;

    // The defaults are those of include/uapi/linux/sem.h, shm.h and msg.h, the same since Linux 4.0.
    internal static readonly LimitDefinition[] All =
    [
        new("SEMMSL", Semaphore, "semaphores", "Semaphores in one set")
        {
            Sysctl = KernelSem,
            Field = 0,
            Default = 32000,
        },
        new("SEMMNS", Semaphore, "semaphores", "Semaphores in all sets together")
        {
            Default = 32000 * 32000,
            Sysctl = KernelSem,
            Field = 1,
            Counts = Counted.Sizes,
        },
        new("SEMOPM", Semaphore, "operations", "Operations in one call of semop")
        {
            Sysctl = KernelSem,
            Field = 2,
            Default = 500,
        },
        new("SEMMNI", Semaphore, "sets", "Semaphore sets")
        {
            Default = 32000,
            Sysctl = KernelSem,
            Field = 3,
            Counts = Counted.Objects,
            Largest = LargestCount,
            LargestExtended = LargestExtendedCount,
        },
        // SEMVMX of include/uapi/linux/sem.h.
        new("SEMVMX", Semaphore, "", "Largest value of one semaphore") { Default = 32767 },
        new("SHMMAX", SharedMemory, "bytes", "Size of one shared memory segment")
        {
            Default = LimitDefinition.Unlimited,
            Sysctl = "kernel.shmmax",
            Largest = ulong.MaxValue,
            CanBeUnlimited = true,
        },
        new("SHMALL", SharedMemory, "pages", "Memory of all segments together")
        {
            Default = LimitDefinition.Unlimited,
            Sysctl = "kernel.shmall",
            Largest = ulong.MaxValue,
            CanBeUnlimited = true,
            Counts = Counted.Sizes,
        },
        new("SHMMNI", SharedMemory, "segments", "Shared memory segments")
        {
            Default = 4096,
            Sysctl = "kernel.shmmni",
            Counts = Counted.Objects,
            Largest = LargestCount,
            LargestExtended = LargestExtendedCount,
        },
        // SHMMIN of include/uapi/linux/shm.h.
        new("SHMMIN", SharedMemory, "bytes", "Smallest size of a shared memory segment") { Default = 1 },
        new("MSGMAX", MessageQueue, "bytes", "Size of one message") { Sysctl = "kernel.msgmax", Default = 8192 },
        new("MSGMNB", MessageQueue, "bytes", "Bytes of all messages in one new queue")
        {
            Sysctl = "kernel.msgmnb",
            Default = 16384,
        },
        new("MSGMNI", MessageQueue, "queues", "Message queues")
        {
            Default = 32000,
            Sysctl = "kernel.msgmni",
            Counts = Counted.Objects,
            Largest = LargestCount,
            LargestExtended = LargestExtendedCount,
        },
    ];

    /// <summary>The sysctls that have limits: kernel.sem.</summary>
    internal static readonly string[] Sysctls = [.. All.Select(limit => limit.Sysctl).OfType<string>().Distinct()];

    /// <summary>The limits of one sysctl, in the order of its fields.</summary>
    internal static IReadOnlyList<LimitDefinition> Of(string sysctl) =>
        [.. All.Where(limit => limit.Sysctl == sysctl).OrderBy(limit => limit.Field)];

    /// <summary>How many fields a sysctl has.</summary>
    internal static int FieldsOf(string sysctl) => All.Count(limit => limit.Sysctl == sysctl);
}
