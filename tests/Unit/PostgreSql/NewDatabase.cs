using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.PostgreSql;

/// <summary>
/// A data folder as initdb makes it, made once for a class of tests, and only when one asks for it. Each test's server
/// gets a copy.
/// </summary>
public sealed class NewDatabase : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly uint _user = FreshIds.Next();
    private readonly Lazy<string> _made;

    /// <summary>Makes nothing yet: the tests may all be skipped.</summary>
    public NewDatabase() => _made = new(Make);

    /// <summary>Copies it, with its owner.</summary>
    internal void CopyTo(string folder)
    {
        using var copy = ServerProcesses.Launch("/bin/cp", ["-a", _made.Value, folder]);
        Check(copy);
    }

    /// <summary>
    /// Gives the calling thread the account that the data belong to, in mounts of its own, of which one has what
    /// PostgreSQL keeps in /dev/shm.
    /// </summary>
    internal void IntroduceAccount(TempFolder folder)
    {
        ServerAccount.Introduce(folder, PostgreSqlServer.Account, _user);
        TestLibc.Mount("tmpfs", "/dev/shm", "mode=1777");
    }

    /// <summary>The words that start a program of PostgreSQL with that account.</summary>
    internal string[] AsAccount(string program, params string[] arguments) =>
        [$"--reuid={_user}", $"--regid={_user}", "--clear-groups", "--", program, .. arguments];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Make()
    {
        var data = _folder.AddFolder("data");
        // It uses shared memory itself.
        Sandbox.Run(_ =>
        {
            IntroduceAccount(_folder);
            using (var owner = ServerProcesses.Launch("/bin/chown", [$"{_user}:{_user}", data]))
                Check(owner);
            string[] words = AsAccount(
                PostgreSqlServer.Programs + "initdb",
                "--pgdata=" + data,
                "--username=" + PostgreSqlServer.Account,
                "--auth=trust",
                "--locale=C",
                "--encoding=UTF8",
                "--no-sync"
            );
            using var initdb = ServerProcesses.Launch("/usr/bin/setpriv", words);
            Check(initdb);
        });
        return data;
    }

    private static void Check(System.Diagnostics.Process process)
    {
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
