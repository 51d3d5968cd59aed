namespace PSSysVIpc.Limits;

/// <summary>What the next boot sets one field of a sysctl to.</summary>
/// <param name="Value">The value. A negative one, which the kernel takes in kernel.sem, as the 64 bits of a long.</param>
/// <param name="File">The path of the file as an admin would open it.</param>
/// <param name="Line">The line that sets it, counted from 1.</param>
internal sealed record BootValue(ulong Value, string File, int Line);
