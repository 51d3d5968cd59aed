using System.Diagnostics;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>
/// Wherever the writing of our drop-in ends, the old file is there or the new one, and what was written beside it goes,
/// at the latest with the next run.
/// </summary>
public sealed class DropInFaultTests : IDisposable
{
    private const int InputOutputError = 5;
    private const string Stray = ".60-pssysvipc.conf.new";

    private static readonly Dictionary<string, string> s_old = new()
    {
        ["kernel.sem"] = "1 2 3 4",
        ["kernel.msgmax"] = "5",
    };
    private static readonly Dictionary<string, string> s_new = new() { ["kernel.sem"] = "6 7 8 9" };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool> Changes =>
        new()
        {
            { "make", false },
            { "make", true },
            { "make with its folder", false },
            { "change", false },
            { "change", true },
            { "delete", false },
            { "delete", true },
        };

    [Theory]
    [InlineData("change", "Delete Create Write Write MakeLike Sync Rename Sync")]
    [InlineData("make with its folder", "CreateFolder Delete Create Write Write MakeReadable Sync Rename Sync")]
    [InlineData("delete", "Delete Delete Sync")]
    public void The_disk_has_the_new_file_before_it_takes_the_olds_place(string change, string expected)
    {
        var (root, edit, _, _) = Lay(change, false, "order");
        var steps = new FaultySteps(int.MaxValue);
        DropInFile.Change(root, edit, steps);
        Assert.Equal(expected, string.Join(' ', steps.Made));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Killed_at_any_step_it_is_the_old_or_the_new(string change, bool hasStray)
    {
        var steps = 0;
        var seen = new HashSet<bool>();
        for (var isAlive = false; !isAlive; steps++)
        {
            var (root, edit, before, after) = Lay(change, hasStray, $"{steps}");
            var killed = new FaultySteps(steps);
            if (Record.Exception(() => DropInFile.Change(root, edit, killed)) is { } e)
                Assert.IsType<FaultySteps.KilledException>(e);
            isAlive = killed.IsAlive;
            var now = ContentOf(root);
            Assert.Contains(now, new[] { before, after });
            seen.Add(now == after);

            DropInFile.Change(root, edit);
            AssertLeft(root, after);
        }

        Assert.Equal(2, seen.Count);
        Assert.True(steps > 5, $"It had {steps} steps.");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Failed_at_any_step_it_is_the_old_or_the_new_and_told(string change, bool hasStray)
    {
        var told = 0;
        var isLast = false;
        for (var step = 0; !isLast; step++)
        {
            var (root, edit, before, after) = Lay(change, hasStray, $"{step}");
            var failing = new FaultySteps(step, InputOutputError);
            var error = Record.Exception(() => DropInFile.Change(root, edit, failing));
            isLast = failing.IsAlive;
            if (error is null)
            {
                Assert.True(isLast);
                AssertLeft(root, after);
                continue;
            }

            told++;
            var hasChanged = ContentOf(root) == after;
            var state =
                hasChanged ? "The file has changed, but the disk may not keep that."
                : before is null ? "No file was made."
                : "The file is as it was.";
            // What could not be done may be named before it.
            Assert.Matches(
                $"^The settings for the next boot in {root}{DropInFile.Path} can't be changed: Input/output error[.] "
                    + $"(Its [^.]*[.] )?{state}$",
                Assert.IsType<PersistFailedException>(error).Message
            );
            // Where even tidying up fails, it is the next run's.
            AssertLeft(root, hasChanged ? after : before, hasStray && step == 0 ? [Stray] : []);
        }

        Assert.True(told >= 3, $"{told} failures were told.");
    }

    [TheoryNeeding(Need.Strace)]
    [InlineData("write", true)]
    [InlineData("fchmod", true)]
    [InlineData("fsync", true)]
    [InlineData("?rename,?renameat,?renameat2", true)]
    [InlineData("fsync", false)]
    public void A_real_process_that_is_killed_leaves_the_old_or_the_new_and_no_lock(string calls, bool isBeside)
    {
        var (root, edit, before, after) = Lay("change", false, "real");
        var folder = $"{root}/etc/sysctl.d";
        string[] killed =
        [
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-P",
            isBeside ? $"{folder}/{Stray}" : folder,
            "-e",
            $"trace={calls}",
            "-e",
            $"inject={calls}:signal=KILL",
        ];
        using (
            var strace = Process.Start(
                "/usr/bin/strace",
                [.. killed, .. ActorProcess.CommandLine("persist", root, s_new["kernel.sem"], "exit")]
            )
        )
        {
            Assert.True(strace.WaitForExit(Wait.Patience), "The process didn't end.");
            // strace ends as its process did.
            Assert.Equal(128 + TestLibc.KillSignal, strace.ExitCode);
        }

        // The call is still made, or not: the signal comes while it is.
        Assert.Contains(ContentOf(root), isBeside ? new[] { before, after } : [after]);
        DropInFile.Change(root, edit);
        AssertLeft(root, after);
    }

    [FactNeeding(Need.Root)]
    public void On_a_full_disk_the_old_file_stays() =>
        OnSmallDisk(root =>
        {
            DropInFile.Change(root, file => file.With(s_old));
            var before = ContentOf(root);
            Fill(root);
            AssertFull(root, "The file is as it was. Make room there, and try again.");
            AssertLeft(root, before, "filler");
            File.Delete($"{root}/etc/sysctl.d/filler");
            DropInFile.Change(root, file => file.With(s_new));
            Assert.Contains("kernel.sem = 6 7 8 9\n", ContentOf(root), StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void On_a_full_disk_nothing_is_begun() =>
        OnSmallDisk(root =>
        {
            Fill(root);
            AssertFull(root, "No file was made. Make room there, and try again.");
            AssertLeft(root, null, "filler");
        });

    [FactNeeding(Need.Root)]
    public void A_file_that_fits_in_part_is_not_begun() =>
        OnSmallDisk(root =>
        {
            DropInFile.Change(root, file => file.With(s_old));
            File.AppendAllText(root + DropInFile.Path, $"# {new string('x', 9000)}\n");
            var before = ContentOf(root);
            Fill(root, leave: 4096);
            AssertFull(root, "The file is as it was. Make room there, and try again.");
            AssertLeft(root, before, "filler");
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void On_a_disk_that_can_only_be_read_the_old_file_stays() =>
        OnSmallDisk(root =>
        {
            DropInFile.Change(root, file => file.With(s_old));
            var before = ContentOf(root);
            using (var mount = Process.Start("mount", ["-o", "remount,ro", $"{root}/etc/sysctl.d"]))
                mount.WaitForExit();
            var error = Assert.Throws<PersistFailedException>(() => DropInFile.Change(root, file => file.With(s_new)));
            Assert.EndsWith(": Read-only file system. The file is as it was.", error.Message, StringComparison.Ordinal);
            AssertLeft(root, before);
        });

    /// <summary>Makes what is there before a change.</summary>
    /// <returns>The root; the change; the file's content before and after it, null for no file.</returns>
    private (string Root, Func<DropIn, DropIn> Edit, string? Before, string? After) Lay(
        string change,
        bool hasStray,
        string name
    )
    {
        var root = _folder.PathOf(name);
        Directory.CreateDirectory($"{root}/etc");
        if (change != "make with its folder")
            Directory.CreateDirectory($"{root}/etc/sysctl.d");
        if (hasStray)
            File.WriteAllText($"{root}/etc/sysctl.d/{Stray}", "# half a li");
        var old = change is "change" or "delete" ? DropIn.Empty.With(s_old) : DropIn.Empty;
        if (!old.IsEmpty)
            File.WriteAllText(root + DropInFile.Path, old.Content);
        Func<DropIn, DropIn> edit = change == "delete" ? file => file.Without(s_old.Keys) : file => file.With(s_new);
        return (
            root,
            edit,
            old.IsEmpty ? null : old.Content,
            edit(old) is { IsEmpty: false } file ? file.Content : null
        );
    }

    private void OnSmallDisk(Action<string> test) =>
        Sandbox.Run(_ =>
        {
            TestLibc.UnshareMounts();
            var root = _folder.PathOf("small");
            var disk = Directory.CreateDirectory($"{root}/etc/sysctl.d").FullName;
            TestLibc.Mount("tmpfs", disk, "size=32k");
            test(root);
        });

    private static void Fill(string root, int leave = 0)
    {
        var filler = $"{root}/etc/sysctl.d/filler";
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (Record.Exception(() => file.Write(new byte[4096])) is null) { }

        file.SetLength(file.Length - leave);
    }

    private static void AssertFull(string root, string end)
    {
        var error = Assert.Throws<PersistFailedException>(() => DropInFile.Change(root, file => file.With(s_new)));
        Assert.Equal(
            $"The settings for the next boot in {root}{DropInFile.Path} can't be changed: No space left on device. "
                + $"{end}",
            error.Message
        );
    }

    private static string? ContentOf(string root) =>
        File.Exists(root + DropInFile.Path) ? File.ReadAllText(root + DropInFile.Path) : null;

    private static void AssertLeft(string root, string? content, params string[] others)
    {
        Assert.Equal(content, ContentOf(root));
        string[] names = content is null ? others : [.. others, "60-pssysvipc.conf"];
        var folder = $"{root}/etc/sysctl.d";
        Assert.Equal(
            names.Order(),
            Directory.Exists(folder)
                ? Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()
                : []
        );
    }
}
