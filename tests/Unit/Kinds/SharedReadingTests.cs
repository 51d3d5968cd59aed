using System.Collections.Concurrent;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>Work that is shared among threads is done once, and wholly, whoever does it.</summary>
public class SharedReadingTests
{
    private const int Many = 5_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_999)]
    [InlineData(2_001)]
    [InlineData(Many)]
    public void Each_step_is_done_once(int count)
    {
        var done = new int[count];
        var kind = Kind();

        Assert.True(
            SharedReading.TryForEach(
                kind,
                count,
                (_, number) =>
                {
                    Interlocked.Increment(ref done[number]);
                    return true;
                }
            )
        );
        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Few_are_read_by_the_calling_thread_alone_with_the_kind_that_it_has()
    {
        var kind = Kind();

        Assert.Equal([(kind, Environment.CurrentManagedThreadId)], ReadersOf(kind, 900));
    }

    [Fact]
    public void Each_of_several_threads_has_a_kind_of_its_own()
    {
        var kind = Kind();
        var readers = ReadersOf(kind, Many);

        Assert.Equal(Math.Min(Environment.ProcessorCount, 4), readers.Count);
        Assert.Equal(readers.Count, readers.Select(reader => reader.Kind).Distinct().Count());
        Assert.Contains((kind, Environment.CurrentManagedThreadId), readers);
    }

    [Fact]
    public void What_fails_on_another_thread_is_done_again_on_the_first_and_fails_there()
    {
        var kind = Kind();

        var error = Assert.Throws<IpcNotFoundException>(() =>
            SharedReading.TryForEach(
                kind,
                Many,
                (_, number) => number == Many - 1 ? throw new IpcNotFoundException("the last", number) : true
            )
        );
        Assert.Equal(Many - 1, error.Target);
    }

    [Fact]
    public void What_only_another_thread_can_not_do_the_first_does()
    {
        var kind = Kind();
        var done = new bool[Many];

        Assert.True(
            SharedReading.TryForEach(
                kind,
                Many,
                (reader, number) => ReferenceEquals(reader, kind) ? done[number] = true : throw new IOException()
            )
        );
        Assert.DoesNotContain(false, done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many - 1)]
    public void A_step_that_says_no_ends_it(int which) =>
        Assert.False(SharedReading.TryForEach(Kind(), Many, (_, number) => number != which));

    [Fact]
    public void The_calling_thread_alone_hears_how_far_it_is()
    {
        var heard = new List<int>();
        var threads = new HashSet<int>();

        SharedReading.TryForEach(
            Kind(),
            Many,
            (_, _) => true,
            done =>
            {
                heard.Add(done);
                threads.Add(Environment.CurrentManagedThreadId);
            }
        );

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Equal(heard.Order(), heard);
        Assert.InRange(heard[^1], Many / 2, Many);
    }

    [FactNeeding(Need.Root)]
    public void The_threads_are_in_the_IPC_namespace_of_the_one_that_reads() =>
        Sandbox.Run(_ =>
        {
            var kernel = IpcKernel.OpenCurrent();
            var readers = ReadersOf(new SemaphoreKind(kernel), Many);

            Assert.Equal(Math.Min(Environment.ProcessorCount, 4), readers.Count);
            Assert.All(readers, reader => Assert.Equal(kernel.NamespaceId, reader.Kind.Kernel.NamespaceId));
        });

    [FactNeeding(Need.Root)]
    public void A_thread_that_is_in_another_IPC_namespace_takes_no_part()
    {
        var kind = Kind();

        Sandbox.Run(_ => Assert.Equal([(kind, Environment.CurrentManagedThreadId)], ReadersOf(kind, Many)));
    }

    private static SemaphoreKind Kind() => new(IpcKernel.OpenCurrent());

    private static List<(IpcKind Kind, int Thread)> ReadersOf(IpcKind kind, int count)
    {
        var readers = new ConcurrentDictionary<(IpcKind, int), bool>();
        Assert.True(
            SharedReading.TryForEach(
                kind,
                count,
                (reader, _) =>
                {
                    readers[(reader, Environment.CurrentManagedThreadId)] = true;
                    // Long enough for the others to begin.
                    Thread.SpinWait(500);
                    return true;
                }
            )
        );
        return [.. readers.Keys];
    }
}
