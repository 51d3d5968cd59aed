namespace PSSysVIpc.Tests.Support;

/// <summary>
/// Accounts that exist for the calling thread, and the processes it starts, alone: private copies of the account
/// files lie over the machine's in a mount namespace of the thread's own.
/// </summary>
internal sealed class PrivateAccounts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pssysvipc-accounts-").FullName;

    internal PrivateAccounts(params (string Name, uint Id)[] users)
    {
        TestLibc.UnshareMounts();
        Add("passwd", users.Select(user => $"{user.Name}:x:{user.Id}:{user.Id}::/:/bin/false"));
        Add("group", users.Select(user => $"{user.Name}:x:{user.Id}:"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Add(string name, IEnumerable<string> lines)
    {
        var copy = Path.Combine(_folder, name);
        File.WriteAllLines(copy, lines.Concat(File.ReadAllLines($"/etc/{name}")));
        TestLibc.BindMount(copy, $"/etc/{name}");
    }
}
