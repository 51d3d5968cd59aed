using System.Runtime.CompilerServices;

namespace PSSysVIpc.Status;

/// <summary>
/// Writes reasons as sentences: the status, the facts, and what would settle them. Thousands of objects share their
/// reasons, and then the text.
/// </summary>
internal sealed class Sentences
{
    private readonly Dictionary<Reason[], (string Reason, string Grounds)> _known = new(new SameReasons());

    /// <param name="status">InUse, Stale or Unknown.</param>
    /// <param name="reasons">At least one.</param>
    /// <returns>All of it, and the status with its facts alone.</returns>
    internal (string Reason, string Grounds) Write(string status, List<Reason> reasons)
    {
        Reason[] key = [.. reasons];
        if (!_known.TryGetValue(key, out var text))
            _known[key] = text = Make(status, key);
        return text;
    }

    private static (string, string) Make(string status, Reason[] reasons)
    {
        var facts = string.Join("; ", reasons.Select(reason => reason.Text));
        var anyway = status switch
        {
            IpcStatus.InUse => "; -Force removes it under their feet",
            IpcStatus.Stale => " or use -AllowStale",
            _ => " or, if you know that nobody uses it, use -Force",
        };
        var grounds = $"{status}: {facts}.";
        return ($"{grounds} {Remedy(reasons)}{anyway}.", grounds);
    }

    private static string Remedy(Reason[] reasons)
    {
        var remedies = reasons.Select(reason => reason.Remedy).OfType<string>().Distinct().ToList();
        var toStop = reasons.Sum(reason => reason.ProcessesToStop);
        if (toStop > 0)
            remedies.Insert(0, toStop == 1 ? "stop it" : "stop them");
        var text = string.Join(" and ", remedies);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}{(remedies.Count > 1 ? "," : "")}";
    }

    private sealed class SameReasons : IEqualityComparer<Reason[]>
    {
        public bool Equals(Reason[]? one, Reason[]? other) =>
            one is not null && other is not null && one.AsSpan().SequenceEqual(other);

        public int GetHashCode(Reason[] reasons)
        {
            var hash = 0;
            foreach (var reason in reasons)
                hash = HashCode.Combine(hash, RuntimeHelpers.GetHashCode(reason));
            return hash;
        }
    }
}
