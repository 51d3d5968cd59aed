namespace PSSysVIpc.Boot;

/// <summary>What the next boot sets one field of a sysctl to.</summary>
/// <param name="Value">The value. In kernel.sem the kernel takes negative ones, too.</param>
/// <param name="File">The path of the file as an admin would open it.</param>
/// <param name="Line">The line that sets it, counted from 1.</param>
internal sealed record BootValue(Int128 Value, string File, int Line);
