namespace PSSysVIpc.Ipc;

/// <summary>Permission bits as people read them. There are only 512, so each text is made once.</summary>
internal static class IpcMode
{
    private const int Count = 512;
    private static readonly string?[] s_octal = new string?[Count];
    private static readonly string?[] s_permissions = new string?[Count];

    /// <summary><c>0660</c></summary>
    internal static string Octal(int mode) => s_octal[mode] ??= "0" + Convert.ToString(mode, 8).PadLeft(3, '0');

    /// <summary><c>rw-rw----</c></summary>
    internal static string Permissions(int mode) =>
        s_permissions[mode] ??= string.Create(
            9,
            mode,
            static (text, mode) =>
            {
                for (var i = 0; i < 9; i++)
                    text[i] = (mode >> (8 - i) & 1) != 0 ? "rwx"[i % 3] : '-';
            }
        );
}
