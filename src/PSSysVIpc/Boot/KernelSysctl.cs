using System.Text;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>
/// One of the kernel's limits: what becomes of its fields when texts are written to it, one after the other.
/// </summary>
internal sealed class KernelSysctl
{
    private const int Shown = 60;

    private readonly IReadOnlyList<LimitDefinition> _limits;
    private readonly BootValue?[] _fields;
    private readonly Refusal?[] _refusals;
    private readonly ulong _most;
    private readonly ulong? _mostOfLast;

    /// <param name="limits">The limits that stand in it, by field.</param>
    /// <param name="isExtended">Whether the kernel was started with ipcmni_extend.</param>
    // kernel.sem is the only one with several fields, and the only one that the kernel reads as plain ints, which may
    // be negative. What SEMMNI may be it checks after it has set them all, and then puts that one back
    // (proc_ipc_sem_dointvec in ipc/ipc_sysctl.c).
    internal KernelSysctl(IReadOnlyList<LimitDefinition> limits, bool isExtended)
    {
        _limits = limits;
        _fields = new BootValue?[limits.Count];
        _refusals = new Refusal?[limits.Count];
        _mostOfLast = limits.Count > 1 ? limits[^1].Maximum(isExtended) : null;
        _most = limits.Count > 1 ? int.MaxValue : limits[0].Maximum(isExtended);
    }

    /// <summary>What a field was set to last; null where it has what the kernel began with.</summary>
    internal BootValue? this[int field] => _fields[field];

    /// <summary>The line that was written last, even if the kernel refuses it; null where there is none.</summary>
    internal SettingLine? LastLine { get; private set; }

    /// <summary>The lines that the kernel refuses, in whole or from some field on.</summary>
    internal List<SettingLine> Refused { get; } = [];

    /// <summary>Why a later line than that of the value doesn't set a field; null where there is none.</summary>
    internal Refusal? RefusalOf(int field) => _refusals[field];

    /// <summary>Takes note of a line about it that no reader understands.</summary>
    internal void Refuse(SettingLine line, string why)
    {
        for (var field = 0; field < _fields.Length; field++)
            _refusals[field] ??= _fields[field] is null ? new(line, why) : null;
    }

    /// <summary>
    /// Writes what a setting says. A text that the kernel refuses changes the fields before the bad one.
    /// </summary>
    internal void Write(Setting setting)
    {
        LastLine = setting.Line;
        var last = _fields[^1];
        var numbers = new KernelNumbers(setting.Text);
        var isRefused = false;
        var i = 0;
        for (; i < _fields.Length && numbers.TryRead(out var isNegative, out var value); i++)
        {
            isRefused = !IsAccepted(isNegative, value);
            if (isRefused)
                break;
            _fields[i] = new BootValue(isNegative ? -(Int128)value : value, setting.Line.File, setting.Line.Number);
            _refusals[i] = null;
        }

        isRefused |= numbers.IsBroken;
        for (; isRefused && i < _fields.Length; i++)
            _refusals[i] = new(setting.Line, Why(setting, i));
        if (_mostOfLast is not null && (_fields[^1]?.Value < 0 || _fields[^1]?.Value > _mostOfLast))
        {
            isRefused = true;
            _refusals[^1] = new(setting.Line, Why(setting, _fields.Length - 1));
        }

        if (!isRefused)
            return;
        Refused.Add(setting.Line);
        if (_mostOfLast is not null)
            _fields[^1] = last;
        Retry(setting);
    }

    private void Retry(Setting setting)
    {
        if (setting.Retry is { } text)
            Write(setting with { Text = text, Retry = null });
    }

    private string Why(Setting setting, int field)
    {
        // Its bytes are characters here, and can be a million.
        var start = setting.Text ?? "";
        start = start[..Math.Min(start.Length, 4 * Shown)];
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(start));
        return $"the kernel takes no number for {_limits[field].Name} from '{Printable.Of(text, Shown)}'";
    }

    private bool IsAccepted(bool isNegative, ulong value)
    {
        if (!isNegative)
            return value <= _most;
        // The kernel's limits of type unsigned long know no minus, not even before 0 (__do_proc_doulongvec_minmax in
        // kernel/sysctl.c); an int has one more below 0 than above (do_proc_dointvec_conv).
        return _most <= int.MaxValue && (value == 0 || (_mostOfLast is not null && value <= _most + 1));
    }
}
