namespace PSSysVIpc.Status;

/// <summary>
/// Explains statuses by reasons: the status, the facts, and what would settle them. Thousands of objects have the same
/// reasons, and then share the explanation, and its text.
/// </summary>
internal sealed class Sentences
{
    private readonly Dictionary<string, Reasons> _beginnings = [];
    private readonly Dictionary<(Reasons, Reason), Reasons> _known = [];

    /// <param name="status">InUse, Stale or Unknown.</param>
    /// <param name="reasons">At least one.</param>
    internal Explanation Of(string status, List<Reason> reasons)
    {
        if (!_beginnings.TryGetValue(status, out var found))
            _beginnings[status] = found = new(status, null, null);
        foreach (var reason in reasons)
        {
            var longer = (found, reason);
            if (!_known.TryGetValue(longer, out var next))
                _known[longer] = next = new(status, found, reason);
            found = next;
        }

        return found;
    }

    /// <summary>Some reasons, as the ones before the last and the last.</summary>
    private sealed class Reasons(string status, Reasons? before, Reason? last) : Explanation
    {
        private string? _grounds;
        private string? _text;

        internal override string Status => status;

        internal override string Grounds =>
            _grounds ??= $"{status}: {string.Join("; ", All.Select(reason => reason.Text))}.";

        internal override string Text => _text ??= $"{Grounds} {Remedy([.. All])}{Anyway}.";

        private IEnumerable<Reason> All => last is null ? [] : before!.All.Append(last);

        private string Anyway =>
            status switch
            {
                IpcStatus.InUse => "; -Force removes it under their feet",
                IpcStatus.Stale => " or use -AllowStale",
                _ => " or, if you know that nobody uses it, use -Force",
            };

        private static string Remedy(Reason[] reasons)
        {
            var remedies = reasons.Select(reason => reason.Remedy).OfType<string>().Distinct().ToList();
            if (remedies.Contains(Reason.FindItsProgram) && remedies.Remove(Reason.FindLaterRun))
                remedies[remedies.IndexOf(Reason.FindItsProgram)] = Reason.FindAnyRun;
            var toStop = reasons.Sum(reason => reason.ProcessesToStop);
            if (toStop > 0)
                remedies.Insert(0, toStop == 1 ? "stop it" : "stop them");
            var text = Wording.Enumerate([.. remedies]);
            // Else one could read that the program uses it.
            var isLong = remedies.Count > 1 || text.Contains(" whether ", StringComparison.Ordinal);
            return $"{Wording.Capital(text)}{(isLong ? "," : "")}";
        }
    }
}
