namespace PSSysVIpc.Commands;

/// <summary>
/// Takes keys: 0x and hex digits or decimal digits as text, or a number. A negative Int32 means its 32 bits.
/// </summary>
public sealed class IpcKeyArgumentAttribute : ElementwiseArgumentAttribute
{
    private protected override object Convert(object? value) => IpcKey.Read(value);
}
