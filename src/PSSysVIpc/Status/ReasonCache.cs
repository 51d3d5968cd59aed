namespace PSSysVIpc.Status;

/// <summary>
/// Reasons by their text: thousands of objects share one, and with it the sentence that it is a part of.
/// </summary>
internal sealed class ReasonCache
{
    private readonly Dictionary<string, Reason> _known = [];

    internal Reason Of(string text, string remedy) =>
        _known.TryGetValue(text, out var known) ? known : _known[text] = new(text, remedy);
}
