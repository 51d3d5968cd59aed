using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Tests.Support;

/// <summary>What tests do to the kernel: make sets, operate on them, change namespaces and users.</summary>
internal static partial class TestLibc
{
    internal const int KillSignal = 9;
    internal const int NewIpcNamespace = 0x08000000;
    internal const int NewMountNamespace = 0x00020000;
    private const int Create = 0x200;
    private const int Exclusive = 0x400;
    private const int NoSuchProcess = 3;
    private const int SetPermissions = 1;
    private const int SetValue = 16;
    private const ulong PrivateRecursive = 0x44000;
    private const ulong Bind = 0x1000;
    private const ulong RemountReadOnly = 0x21;
    private const int WithoutReserve = 0x1000;
    private const int HugePages = 0x800;
    private const int AsOwnCopy = 2;
    private const uint Unchanged = uint.MaxValue;

    private static readonly bool s_isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    [StructLayout(LayoutKind.Sequential)]
    private struct SemaphoreOperation
    {
        internal ushort Number;
        internal short Change;
        internal short Flags;
    }

    internal static void Unshare(int namespaces) => Check(unshare(namespaces), "unshare");

    /// <summary>Gives this thread mounts of its own, which nobody else sees.</summary>
    internal static void UnshareMounts()
    {
        Unshare(NewMountNamespace);
        Check(mount("none", "/", null, PrivateRecursive, null), "mount --make-rprivate");
    }

    internal static void BindMount(string source, string target) =>
        Check(mount(source, target, null, Bind, null), "mount --bind");

    /// <summary>
    /// Makes a mount of this thread's own read-only, but not the file system behind it, which is everybody's.
    /// </summary>
    internal static void MakeReadOnly(string target)
    {
        BindMount(target, target);
        Check(mount("none", target, null, Bind | RemountReadOnly, null), "mount -o remount,ro");
    }

    internal static void Mount(string type, string target, string options) =>
        Check(mount(type, target, type, 0, options), $"mount -t {type}");

    internal static void Detach(string target) => Check(umount2(target, 2), "umount -l");

    /// <summary>Of all threads that share it: a thread with mounts of its own shares it with none.</summary>
    internal static void SetUmask(uint mask) => _ = umask(mask);

    internal static int MakeSet(uint key, int count, int mode) =>
        Check(semget(unchecked((int)key), count, mode | Create | (key == 0 ? 0 : Exclusive)), "semget");

    /// <summary>Makes a segment. It takes no memory before somebody writes to it, so it can have any size.</summary>
    internal static int MakeSegment(ulong size, uint key = 0, int mode = 0x180) =>
        Check(shmget(unchecked((int)key), (nuint)size, mode | Create | WithoutReserve), "shmget");

    /// <summary>The same in huge pages, of which the machine need not have one as long as nobody touches it.</summary>
    internal static int MakeHugeSegment(ulong size) => MakeSegment(size, mode: 0x180 | HugePages);

    internal static nint Attach(int id) => shmat(id, 0, 0) is var at && at != -1 ? at : throw new Win32Exception();

    internal static int MakeQueue() => Check(msgget(0, 0x180 | Create), "msgget");

    internal static unsafe int Operate(int id, int number, int change)
    {
        var operation = new SemaphoreOperation { Number = (ushort)number, Change = (short)change };
        return semop(id, &operation, 1);
    }

    internal static void SetSemaphore(int id, int number, int value) =>
        Check(semctl(id, number, SetValue, value), "SETVAL");

    internal static void Remove(int id) => Check(semctl(id, 0, 0, 0), "IPC_RMID");

    internal static bool Exists(int id) => semctl(id, 0, 12, 0) >= 0 || Marshal.GetLastPInvokeError() is 13 or 1;

    internal static int Waiting(int id, int number) => semctl(id, number, 14, 0) + semctl(id, number, 15, 0);

    internal static unsafe void SetOwner(int id, uint user, uint group, int mode)
    {
        // uid, gid and mode stand in struct ipc_perm, at the start of semid_ds.
        var buffer = stackalloc byte[256];
        *(uint*)(buffer + 4) = user;
        *(uint*)(buffer + 8) = group;
        *(uint*)(buffer + 20) = (uint)mode;
        Check(semctl(id, 0, SetPermissions, (nint)buffer), "IPC_SET");
    }

    /// <summary>
    /// Runs something with this thread's effective user and group, and those of no other thread, changed.
    /// </summary>
    internal static T AsUser<T>(uint user, uint group, Func<T> action)
    {
        SetThreadGroups(Unchanged, group, Unchanged);
        SetThreadUsers(Unchanged, user, Unchanged);
        try
        {
            return action();
        }
        finally
        {
            SetThreadUsers(Unchanged, 0, Unchanged);
            SetThreadGroups(Unchanged, 0, Unchanged);
        }
    }

    /// <summary>Changes the users of this thread alone, by the bare system call.</summary>
    internal static void SetThreadUsers(uint real, uint effective, uint saved) =>
        Check((int)syscall(s_isArm ? 147 : 117, (nint)(int)real, (nint)(int)effective, (nint)(int)saved), "setresuid");

    /// <summary>Gives this thread alone, and those that it starts, one user for good.</summary>
    internal static void BecomeThreadUser(uint user) => SetThreadUsers(user, user, user);

    internal static void SetThreadGroups(uint real, uint effective, uint saved) =>
        Check((int)syscall(s_isArm ? 149 : 119, (nint)(int)real, (nint)(int)effective, (nint)(int)saved), "setresgid");

    /// <summary>Takes all supplementary groups from this thread alone.</summary>
    internal static void DropThreadGroups() => Check((int)syscall(s_isArm ? 159 : 116, 0, 0, 0), "setgroups");

    /// <summary>
    /// Takes the right to open what other processes have mapped from this thread alone, though it be root's.
    /// </summary>
    internal static unsafe void DropMappingRights()
    {
        const ulong systemAdministrator = 1UL << 21,
            checkpointRestore = 1UL << 40;
        var header = stackalloc uint[] { 0x20080522, 0 };
        // Effective, permitted and inheritable ones, the first 32 of each and then the others.
        var sets = stackalloc uint[6];
        Check((int)syscall(s_isArm ? 90 : 125, (nint)header, (nint)sets, 0), "capget");
        sets[0] &= unchecked((uint)~systemAdministrator);
        sets[3] &= unchecked((uint)(~checkpointRestore >> 32));
        Check((int)syscall(s_isArm ? 91 : 126, (nint)header, (nint)sets, 0), "capset");
    }

    /// <summary>Ends the calling thread, though it be the main one, and leaves the process alone.</summary>
    internal static void EndThread() => _ = syscall(s_isArm ? 93 : 60, 0, 0, 0);

    internal static int ThreadId() => (int)syscall(s_isArm ? 178 : 186, 0, 0, 0);

    /// <summary>Changes the users and groups of the whole process for good.</summary>
    internal static void BecomeUser(uint user, uint group, uint[] groups)
    {
        BecomeGroup(group, groups);
        BecomeUser(user);
    }

    internal static void BecomeGroup(uint group, params uint[] groups)
    {
        Check(setgroups((nuint)groups.Length, groups), "setgroups");
        Check(setresgid(group, group, group), "setresgid");
    }

    internal static void BecomeUser(uint user) => Check(setresuid(user, user, user), "setresuid");

    /// <summary>Maps the start of a file for as long as this process lives.</summary>
    internal static void MapToExecute(string path) => Map(path, protection: 5, AsOwnCopy);

    /// <summary>The same to be read only, as a copy of its own or shared with others.</summary>
    internal static void MapToRead(string path, bool isShared) => Map(path, protection: 1, isShared ? 1 : AsOwnCopy);

    private static void Map(string path, int protection, int flags)
    {
        using var file = File.OpenHandle(path);
        Check(mmap(0, 4096, protection, flags, file, 0) == -1 ? -1 : 0, "mmap");
    }

    /// <summary>
    /// Maps a file of the caller's for as long as this process lives, and keeps all others from opening it.
    /// </summary>
    internal static void MapAndLease(string path)
    {
        const int readAndWrite = 2,
            setLease = 1024,
            writeLease = 1,
            readAndExecute = 5,
            asOwnCopy = 2;
        var file = Check(open(path, readAndWrite), "open");
        Check(mmap(0, 4096, readAndExecute, asOwnCopy, file, 0) == -1 ? -1 : 0, "mmap");
        // Whoever opens the file is announced by this, which would end the process.
        Signals.Add(PosixSignalRegistration.Create((PosixSignal)29, context => context.Cancel = true));
        Check(fcntl(file, setLease, writeLease), "F_SETLEASE");
    }

    /// <summary>Maps and unmaps memory for ever, so that no list of the mappings is like the one before.</summary>
    internal static void ChangeMappings()
    {
        const int readable = 1,
            privateAndAnonymous = 0x22;
        for (var size = 1; ; size = size % 1000 + 1)
        {
            var place = mmap(0, (nuint)size * 4096, readable, privateAndAnonymous, -1, 0);
            Check(munmap(place, (nuint)size * 4096), "munmap");
        }
    }

    /// <summary>Lets the whole process be in these groups, beside its own.</summary>
    internal static void JoinGroups(uint[] groups) => Check(setgroups((nuint)groups.Length, groups), "setgroups");

    private static List<IDisposable> Signals { get; } = [];

    internal static void Signal(int process, int signal) =>
        Assert.True(TrySignal(process, signal), $"There is no process {process}.");

    /// <param name="process">A process, or a group of them as a negative number.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False where there is no such process.</returns>
    internal static bool TrySignal(int process, int signal)
    {
        var result = kill(process, signal);
        if (result != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess)
            return false;
        Check(result, "kill");
        return true;
    }

    internal static bool IsRoot => geteuid() == 0;

    private static int Check(int result, string call) =>
        result >= 0
            ? result
            : throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                $"{call}: {Marshal.GetLastPInvokeErrorMessage()}"
            );

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string? type, ulong flags, string? data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    [LibraryImport("libc")]
    private static partial uint umask(uint mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int semget(int key, int count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint shmat(int id, nint address, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shmget(int key, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int msgget(int key, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int semop(int id, SemaphoreOperation* operations, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int semctl(int id, int number, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(
        nint address,
        nuint length,
        int protection,
        int flags,
        SafeFileHandle file,
        long offset
    );

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int file, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setgroups(nuint count, uint[] groups);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setresgid(uint real, uint effective, uint saved);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setresuid(uint real, uint effective, uint saved);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
