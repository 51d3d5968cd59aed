namespace PSSysVIpc.Tests.Boot;

/// <summary>Files with sysctl settings, as they lie when the machine boots.</summary>
/// <param name="Name">What is special about them.</param>
/// <param name="Files">
/// Where each lies (etc, run, local, usr or lib for one of the five folders, credentials, or sysctl.conf) and what is
/// in it: bytes as characters, or "->" and where a link leads. A name that ends with a slash is a folder.
/// </param>
internal sealed record BootCase(string Name, params (string Place, string Content)[] Files)
{
    internal BootCase(string name, string place, string content)
        : this(name, (place, content)) { }

    internal BootCase(string name, string place, string content, string otherPlace, string otherContent)
        : this(name, (place, content), (otherPlace, otherContent)) { }

    public override string ToString() =>
        Name
        + ":"
        + string.Concat(
            Files.Select(file => $"\n== {file.Place}\n{file.Content.Replace("\r", "\\r", StringComparison.Ordinal)}")
        );
}
