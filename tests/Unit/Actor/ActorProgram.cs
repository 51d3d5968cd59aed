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
    // What ends the program gives its exit code; null goes on to the next command.
    private static readonly Dictionary<string, Func<Words, int?>> s_commands = new()
    {
        ["name"] = words => Do(() => File.WriteAllText("/proc/self/comm", words.Next())),
        ["become"] = words => Do(() => TestLibc.BecomeUser(words.Id(), words.Id(), words.Ids())),
        ["become-user"] = words => Do(() => TestLibc.BecomeUser(words.Id())),
        ["join-groups"] = words => Do(() => TestLibc.JoinGroups([.. words.Range().Select(group => (uint)group)])),
        ["operate"] = words => Operate(words) == 0 ? null : 2,
        ["wait"] = words =>
        {
            Say("ready");
            return Operate(words) == 0 ? 0 : 3;
        },
        ["operate-in-thread-and-end-main"] = words => Do(() => OperateInThread(words.Number())),
        ["attach-in-thread-and-end-main"] = words => Do(() => EndMain(() => TestLibc.Attach(words.Number()))),
        ["operate-and-replace-threads-and-end-main"] = words =>
        {
            if (TestLibc.Operate(words.Number(), 0, 1) != 0)
                return 2;
            ReplaceThreads();
            return null;
        },
        ["end-main"] = _ => Do(() => EndMain()),
        ["thread-becomes"] = words => Do(() => StartThreadAs(words.Id())),
        ["replace-threads-as"] = words =>
        {
            ReplaceThreadsAs(words.Id());
            TestLibc.BecomeThreadUser(words.Id());
            return null;
        },
        ["start-threads"] = words => Do(() => StartThreads(words.Number())),
        ["map"] = words => Do(() => TestLibc.MapToExecute(words.Next())),
        ["map-privately"] = words => Do(() => TestLibc.MapToRead(words.Next(), isShared: false)),
        ["map-to-share"] = words => Do(() => TestLibc.MapToRead(words.Next(), isShared: true)),
        ["map-and-lease"] = words => Do(() => TestLibc.MapAndLease(words.Next())),
        ["change-mappings"] = _ => Do(() => new Thread(TestLibc.ChangeMappings) { IsBackground = true }.Start()),
        ["persist"] = words => Do(() => Persist(root: words.Next(), values: words.Next())),
        ["serve-in-group"] = words =>
        {
            ServeInGroup(words.Number(), words.Id(), words.Id());
            return 0;
        },
        ["exit"] = _ => 0,
    };

    internal static int Main(string[] arguments)
    {
        var words = new Words(arguments);
        while (words.Any)
        {
            if (s_commands[words.Next()](words) is { } exitCode)
                return exitCode;
        }

        Say("ready");
        Console.In.ReadToEnd();
        return 0;
    }

    /// <summary>The commands and what they need, one after the other.</summary>
    private sealed class Words(string[] arguments)
    {
        private readonly Queue<string> _rest = new(arguments);

        internal bool Any => _rest.Count > 0;

        internal string Next() => _rest.Dequeue();

        internal int Number() => int.Parse(Next(), CultureInfo.InvariantCulture);

        internal uint Id() => uint.Parse(Next(), CultureInfo.InvariantCulture);

        internal uint[] Ids() =>
            [
                .. Next()
                    .Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => uint.Parse(id, CultureInfo.InvariantCulture)),
            ];

        internal IEnumerable<int> Range() => Enumerable.Range(Number(), Number());
    }

    private static int? Do(Action action)
    {
        action();
        return null;
    }

    private static int Operate(Words words) => TestLibc.Operate(words.Number(), words.Number(), words.Number());

    private static void Persist(string root, string values) =>
        DropInFile.Change(root, file => file.With(new Dictionary<string, string> { ["kernel.sem"] = values }));

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
