using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Reads how far the capabilities of processes go. Thousands share a user namespace, which is read once.
/// </summary>
internal sealed class UserNamespaces
{
    private readonly ProcFile _file = new();
    private readonly Dictionary<ulong, IdentityPowers> _known = [];
    private readonly ulong? _ours = NamespaceLink.Read("/proc/self/ns/user");

    /// <summary>What was read is read anew: a namespace gets its ids after it was made.</summary>
    internal void Forget() => _known.Clear();

    /// <param name="folder">The process's in /proc.</param>
    internal IdentityPowers PowersOf(string folder)
    {
        if (NamespaceLink.Read($"{folder}/ns/user") is not { } id)
            return IdentityPowers.Unlimited;
        if (_known.TryGetValue(id, out var known))
            return known;
        // The kernel shows ids as they are in the namespace of who asks: of our own that says nothing.
        var powers =
            id == _ours
                ? new(id, IdRanges.All, IdRanges.All)
                : new IdentityPowers(id, ReadMap($"{folder}/uid_map"), ReadMap($"{folder}/gid_map"));
        // It can have gone to another one, or ended, in between.
        return NamespaceLink.Read($"{folder}/ns/user") == id ? _known[id] = powers : IdentityPowers.Unlimited;
    }

    private IdRanges ReadMap(string path)
    {
        var map = _file.Read(path, out var errno);
        return errno == 0 ? IdRanges.Read(map) : IdRanges.All;
    }
}
