using System.Globalization;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Actor;

/// <summary>
/// The program of the processes that tests need: it takes a user, does one thing to a set, says "ready" and stays
/// until its input ends, or goes.
/// </summary>
internal static class ActorProgram
{
    internal static int Main(string[] arguments)
    {
        var words = new Queue<string>(arguments);
        string Next() => words.Dequeue();
        int Number() => int.Parse(Next(), CultureInfo.InvariantCulture);
        uint Id() => uint.Parse(Next(), CultureInfo.InvariantCulture);

        while (words.Count > 0)
        {
            switch (Next())
            {
                case "name":
                    File.WriteAllText("/proc/self/comm", Next());
                    break;
                case "become":
                    TestLibc.BecomeUser(
                        Id(),
                        Id(),
                        [
                            .. Next()
                                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                                .Select(id => uint.Parse(id, CultureInfo.InvariantCulture)),
                        ]
                    );
                    break;
                case "operate":
                    if (TestLibc.Operate(Number(), Number(), Number()) != 0)
                        return 2;
                    break;
                case "wait":
                    Say("ready");
                    return TestLibc.Operate(Number(), Number(), Number()) == 0 ? 0 : 3;
                case "operate-in-thread-and-end-main":
                    OperateInThread(Number());
                    break;
                case "operate-and-replace-threads-and-end-main":
                    if (TestLibc.Operate(Number(), 0, 1) != 0)
                        return 2;
                    ReplaceThreads();
                    break;
                case "end-main":
                    EndMain();
                    break;
                case "thread-becomes":
                    StartThreadAs(Id());
                    break;
                case "join-groups":
                    TestLibc.JoinGroups([.. Enumerable.Range(Number(), Number()).Select(group => (uint)group)]);
                    break;
                case "become-user":
                    TestLibc.BecomeUser(Id());
                    break;
                case "replace-threads-as":
                    ReplaceThreadsAs(Id());
                    TestLibc.BecomeThreadUser(Id());
                    break;
                case "start-threads":
                    StartThreads(Number());
                    break;
                case "map-and-lease":
                    TestLibc.MapAndLease(Next());
                    break;
                case "change-mappings":
                    new Thread(TestLibc.ChangeMappings) { IsBackground = true }.Start();
                    break;
                case "map":
                    TestLibc.MapToExecute(Next());
                    break;
                case "persist":
                    DropInFile.Change(
                        Next(),
                        file => file.With(new Dictionary<string, string> { ["kernel.sem"] = Next() })
                    );
                    break;
                case "serve-in-group":
                    ServeInGroup(Number(), Id(), Id());
                    return 0;
                case "exit":
                    return 0;
            }
        }

        Say("ready");
        Console.In.ReadToEnd();
        return 0;
    }

    private static void OperateInThread(int id) =>
        EndMain(() =>
        {
            if (TestLibc.Operate(id, 0, 1) != 0)
                Environment.Exit(2);
        });

    private static void EndMain(Action? before = null)
    {
        new Thread(() =>
        {
            before?.Invoke();
            Say("ready");
            Console.In.ReadToEnd();
            Environment.Exit(0);
        }).Start();
        TestLibc.EndThread();
    }

    private static void ReplaceThreads()
    {
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        }).Start();
        Say("ready");
        Replace();
        TestLibc.EndThread();

        // Each thread starts its successor and ends.
        static void Replace() => new Thread(Replace, 64 * 1024).Start();
    }

    // At every moment there is one that runs as the user; it starts the next one and ends.
    private static void ReplaceThreadsAs(uint user)
    {
        new Thread(() =>
        {
            TestLibc.BecomeThreadUser(user);
            Replace();
        }).Start();

        // A new thread has the users of the one that starts it.
        static void Replace() => new Thread(Replace, 64 * 1024) { IsBackground = true }.Start();
    }

    private static void StartThreads(int count)
    {
        for (var i = 0; i < count; i++)
            new Thread(() => Thread.Sleep(Timeout.Infinite), 64 * 1024) { IsBackground = true }.Start();
    }

    private static void StartThreadAs(uint user)
    {
        using var started = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            TestLibc.SetThreadUsers(user, user, user);
            started.Set();
            Thread.Sleep(Timeout.Infinite);
        })
        {
            IsBackground = true,
        };
        thread.Start();
        started.Wait();
    }

    private static void ServeInGroup(int id, uint group, uint user)
    {
        using var joined = new ManualResetEventSlim();
        using var isPlain = new ManualResetEventSlim();
        TestLibc.BecomeGroup(user);
        var member = new Thread(() =>
        {
            TestLibc.SetThreadGroups(group, group, group);
            joined.Set();
            isPlain.Wait();
            Say($"{Environment.ProcessId} {id}");
            while (Console.In.ReadLine() is not null)
                Say(TestLibc.Operate(id, 0, 1) == 0 ? "operated" : "not operated");
        });
        member.Start();
        joined.Wait();
        // Of all threads, the member's too.
        TestLibc.BecomeUser(user);
        isPlain.Set();
        member.Join();
    }

    private static void Say(string word)
    {
        Console.Out.WriteLine(word);
        Console.Out.Flush();
    }
}
