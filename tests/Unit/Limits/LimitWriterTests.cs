using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>What the kernel takes only in part, and what others write meanwhile.</summary>
public class LimitWriterTests
{
    private const string Path = "/proc/sys/kernel/sem";

    [FactNeeding(Need.Root)]
    public void What_the_kernel_takes_only_in_part_is_taken_back() =>
        Sandbox.Run(_ =>
        {
            File.WriteAllText(Path, "301 256001 33 302");
            var error = Assert.Throws<LimitNotAppliedException>(() =>
                Apply(new LimitChange(Find("SEMMSL"), 301, 400), new LimitChange(Find("SEMMNI"), 302, 99999999))
            );
            Assert.Contains("kernel.sem is now '301 256001 33 302'", error.Message, StringComparison.Ordinal);
            Assert.Equal("301\t256001\t33\t302\n", File.ReadAllText(Path));
        });

    [FactNeeding(Need.Root)]
    public void What_is_not_any_more_what_it_was_is_not_written() =>
        Sandbox.Run(_ =>
        {
            File.WriteAllText(Path, "301 256001 33 302");
            var error = Assert.Throws<IpcChangedException>(() =>
                Apply(new LimitChange(Find("SEMMSL"), 301, 400), new LimitChange(Find("SEMMNI"), 300, 500))
            );
            Assert.Contains("SEMMNI was 300 and has become 302", error.Message, StringComparison.Ordinal);
            Assert.Equal("301\t256001\t33\t302\n", File.ReadAllText(Path));
        });

    [FactNeeding(Need.Root)]
    public void Fields_behind_the_last_one_that_changes_are_not_written() =>
        Sandbox.Run(_ =>
        {
            File.WriteAllText(Path, "301 256001 33 302");
            Apply(new LimitChange(Find("SEMMNS"), 256001, 300000));
            Assert.Equal("301\t300000\t33\t302\n", File.ReadAllText(Path));
        });

    [FactNeeding(Need.Root)]
    public void Beside_another_writer_it_is_set_or_an_error_says_what_the_kernel_holds() =>
        Sandbox.Run(_ =>
        {
            using var isOver = new CancellationTokenSource();
            File.WriteAllText(Path, "301 256001 33 302");
            var ownNamespace = NamespaceLink.Read("/proc/thread-self/ns/ipc");
            ulong? otherNamespace = null;
            var other = new Thread(() =>
            {
                otherNamespace = NamespaceLink.Read("/proc/thread-self/ns/ipc");
                for (var value = 1000; !isOver.IsCancellationRequested; value = value == 1999 ? 1000 : value + 1)
                    File.WriteAllText(Path, $"301 256001 33 {value}");
            });
            other.Start();
            var (set, refused) = (0, 0);
            try
            {
                var file = new SysctlFile();
                for (ulong value = 5000; value < 7000; value++)
                {
                    if (TrySet(new LimitChange(Find("SEMMNI"), file.Read("kernel.sem")[3], value)))
                        set++;
                    else
                        refused++;
                }
            }
            finally
            {
                isOver.Cancel();
                other.Join();
            }

            // Else there was no other writer.
            Assert.Equal(ownNamespace, otherNamespace);
            Assert.True(refused > 0, "Nothing came between.");
            Assert.Equal(2000, set + refused);
            Assert.StartsWith("301\t256001\t33\t", File.ReadAllText(Path), StringComparison.Ordinal);
        });

    private static bool TrySet(LimitChange change)
    {
        try
        {
            Apply(change);
            return true;
        }
        catch (IpcChangedException e)
        {
            Assert.Matches(@"SEMMNI was \d+ and has become \d+\.", e.Message);
        }
        catch (LimitNotAppliedException e)
        {
            // Never the value that was said not to be set.
            Assert.Matches(@"kernel\.sem is now '301 256001 33 (302|1\d{3})'", e.Message);
        }

        return false;
    }

    private static void Apply(params LimitChange[] changes) =>
        new LimitWriter(new SysctlFile()).Apply("kernel.sem", changes);

    private static LimitDefinition Find(string name) => LimitTable.All.Single(limit => limit.Name == name);
}
