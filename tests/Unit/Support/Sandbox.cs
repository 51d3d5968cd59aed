using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// A thread in an IPC namespace of its own, with a PowerShell engine on that thread and the built module in it.
/// Processes that it starts are in the same namespace. The machine's own objects are out of reach.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly Runspace _runspace;

    // The engine's first runspace starts threads that outlive it, and so does .NET with the first process (its thread
    // for signals) and the first deadline (its timer). Here they are born in the machine's own namespaces; in a sandbox
    // they would keep its namespaces alive, and its mounts busy, until the tests end.
    static Sandbox()
    {
        PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => { }).Dispose();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        deadline.Token.WaitHandle.WaitOne();
        using var first = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        first.Open();
    }

    private Sandbox()
    {
        TestLibc.Unshare(TestLibc.NewIpcNamespace);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([ModuleFolder.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
    }

    internal TestHost Host { get; } = new();

    /// <summary>Runs a test in a sandbox of its own.</summary>
    internal static void Run(Action<Sandbox> test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var box = new Sandbox();
                test(box);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs a script on this thread.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="variables">Variables it can use.</param>
    internal Outcome Invoke(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);
        using var shell = PowerShell.Create(_runspace);
        // Inside try, an error that ends its statement ends the script too, and can be told from one that doesn't.
        shell.AddScript($"try {{\n{script}\n}} catch {{ throw }}");
        var output = new PSDataCollection<PSObject?>();
        Host.Written.Clear();
        RuntimeException? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        ErrorRecord[] errors =
        [
            .. shell.Streams.Error,
            .. terminating is null ? [] : new[] { terminating.ErrorRecord },
        ];
        var told = shell
            .Streams.Verbose.Select(record => record.Message)
            .Concat(shell.Streams.Warning.Select(record => record.Message));
        return new Outcome([.. output], errors, terminating is not null, Host.Written + string.Join("\n", told));
    }

    /// <summary>Runs a script that goes on until it is stopped, as Ctrl-C does it.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="after">When to stop it.</param>
    /// <returns>When it was stopped and when it had ended, counted from its beginning.</returns>
    internal (TimeSpan Stopped, TimeSpan Ended) InvokeAndStop(string script, TimeSpan after)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        var clock = Stopwatch.StartNew();
        TimeSpan stopped = TimeSpan.MaxValue,
            ended;
        var stopping = new Thread(() =>
        {
            Thread.Sleep(after);
            stopped = clock.Elapsed;
            shell.Stop();
        });
        stopping.Start();
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            // Or not: the engine may have noted the end before it is asked for the output.
        }
        finally
        {
            ended = clock.Elapsed;
            stopping.Join();
        }

        Assert.True(
            shell.InvocationStateInfo.State == PSInvocationState.Stopped,
            $"{shell.InvocationStateInfo.State} after {ended}: {string.Join("; ", shell.Streams.Error)}"
        );
        return (stopped, ended);
    }

    /// <summary>
    /// Makes a set, by default one that could be Orphaned: owner and creator are nobody's, mode 0600.
    /// </summary>
    internal static int MakeSet(
        uint owner,
        uint? creator = null,
        int count = 1,
        int mode = 0x180,
        uint key = 0,
        uint? group = null
    )
    {
        var id = TestLibc.AsUser(creator ?? owner, group ?? owner, () => TestLibc.MakeSet(key, count, mode));
        if (creator is { } other && other != owner)
            TestLibc.SetOwner(id, owner, group ?? owner, mode);
        return id;
    }

    /// <summary>A set of nobody's that a process has operated on and exited.</summary>
    internal static int MakeLeftover(uint? owner = null, uint key = 0)
    {
        var id = MakeSet(owner ?? FreshIds.Next(), key: key);
        Actor.ActorProcess.Operate(id, 0, 1);
        return id;
    }

    /// <summary>Until the 10 seconds of doubt after the last use are over.</summary>
    internal static void WaitOutRecentUse() => Thread.Sleep(TimeSpan.FromSeconds(11));

    public void Dispose() => _runspace.Dispose();
}
