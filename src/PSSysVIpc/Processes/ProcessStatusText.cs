using System.Buffers.Text;
using System.Globalization;

namespace PSSysVIpc.Processes;

/// <summary>The lines of a /proc/PID/status or /proc/PID/task/TID/status that matter here.</summary>
internal readonly ref struct ProcessStatusText(ReadOnlySpan<byte> text)
{
    private const ulong KillSignal = 1 << (9 - 1);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Zombie, or dead and about to vanish.</summary>
    internal bool IsEnded => Value("State:"u8) is [(byte)'Z' or (byte)'X' or (byte)'x', ..];

    /// <summary>SIGKILL waits for this thread alone: it never runs its program again.</summary>
    internal bool IsKilled => (Bits("SigPnd:"u8) & KillSignal) != 0;

    internal int? ThreadGroupId => Utf8Parser.TryParse(Value("Tgid:"u8), out int id, out _) ? id : null;

    internal ulong EffectiveCapabilities => Bits("CapEff:"u8);

    internal ulong PermittedCapabilities => Bits("CapPrm:"u8);

    internal uint EffectiveUserId
    {
        get
        {
            var value = Value("Uid:"u8);
            _ = Utf8Parser.TryParse(value, out uint _, out var length);
            _ = Utf8Parser.TryParse(value[length..].TrimStart(" \t"u8), out uint effective, out _);
            return effective;
        }
    }

    /// <summary>Real, effective, saved and filesystem user, each once.</summary>
    internal void AddUsers(HashSet<uint> ids) => AddNumbers(Value("Uid:"u8), ids);

    /// <summary>Real, effective, saved and filesystem group and the supplementary ones, each once.</summary>
    internal void AddGroups(HashSet<uint> ids)
    {
        AddNumbers(Value("Gid:"u8), ids);
        AddNumbers(Value("Groups:"u8), ids);
    }

    private ulong Bits(ReadOnlySpan<byte> label) =>
        ulong.TryParse(Value(label), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : 0;

    private static void AddNumbers(ReadOnlySpan<byte> value, HashSet<uint> ids)
    {
        while (Utf8Parser.TryParse(value, out uint id, out var length))
        {
            ids.Add(id);
            value = value[length..].TrimStart(" \t"u8);
        }
    }

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> label)
    {
        // The kernel escapes line breaks in the one line a process can write, Name (proc_task_name in fs/proc/array.c):
        // so a line's start can be trusted.
        var rest = _text;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (line.StartsWith(label))
                return line[label.Length..].Trim(" \t"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return default;
    }
}
