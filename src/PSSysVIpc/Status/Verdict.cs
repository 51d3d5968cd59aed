namespace PSSysVIpc.Status;

/// <summary>How an object's use is judged, with the reason in words and what became of its last operators.</summary>
internal sealed record Verdict(string Status, string Reason, Operator[] Operators);
