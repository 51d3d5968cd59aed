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
            _grounds ??= WhatFollows is { Length: > 0 } what ? $"{Facts} Only marked for removal, {what}." : Facts;

        internal override string Text => _text ??= $"{Facts} {Remedy([.. All], Anyway)}{Anyway}.";

        private string Facts => $"{status}: {string.Join("; ", All.Select(reason => reason.Text))}.";

        private IEnumerable<Reason> All => last is null ? [] : before!.All.Append(last);

        private string Anyway =>
            status switch
            {
                IpcStatus.InUse => Forced,
                IpcStatus.Stale => " or use -AllowStale",
                _ => " or, if you know that nobody uses it, use -Force",
            };

        private string? WhatFollows => All.Select(reason => reason.Forced).FirstOrDefault(forced => forced is not null);

        private string Forced =>
            WhatFollows switch
            {
                null => "; -Force removes it under their feet",
                "" => "",
                var what => $"; -Force only marks it for removal: {what}",
            };

        private static string Remedy(Reason[] reasons, string anyway)
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
            var needsComma = isLong && anyway.StartsWith(" or", StringComparison.Ordinal);
            return Wording.Capital(text) + (needsComma ? "," : "");
        }
    }
}
