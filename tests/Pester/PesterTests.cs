namespace PSSysVIpc.Pester;

/// <summary>The Pester suite. It is one run, and each of its tests counts as one.</summary>
public class PesterTests
{
    [PesterSuite]
    public void Suite() => throw new InvalidOperationException("Run by PesterTestCase.");
}
