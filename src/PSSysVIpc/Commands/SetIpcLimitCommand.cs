using System.Management.Automation;
using System.Numerics;
using PSSysVIpc.Kernel;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Set-IpcLimit</c>: sets the kernel's limits of System V IPC, for now and, with -Persist, for the next boot. All of a
/// pipeline is checked first; the limits of one sysctl are then set with one write, or not at all.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IpcLimit", SupportsShouldProcess = true)]
[OutputType(typeof(IpcLimit))]
public sealed class SetIpcLimitCommand : IpcCommand
{
    private readonly Dictionary<LimitDefinition, BigInteger> _wanted = [];
    private readonly HashSet<LimitDefinition> _refused = [];
    private readonly IpcUse _use = new();
    private IpcKernel? _kernel;

    /// <summary>The limit's name: SEMMNI. Case does not matter.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LimitNameCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// What it shall be, in the limit's unit: a whole number, or its digits as text. Never prompted for: PowerShell would
    /// make numbers of what is typed there that nobody meant.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public PSObject? Value { get; set; }

    /// <summary>Also writes the value to /etc/sysctl.d/60-pssysvipc.conf, for the next boot.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Takes 0 and values below what is in use, too. It does not switch off -Confirm.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the limits that were named, as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private IpcKernel Kernel => _kernel ??= Require(IpcKernel.OpenCurrent);

    /// <summary>Refuses a call that doesn't say what to set.</summary>
    protected override void BeginProcessing()
    {
        if (!MyInvocation.ExpectingInput && (Name is null || Value is null))
        {
            Fail(new IpcBadInputException(
                "A limit and its value are needed: Set-IpcLimit SEMMNI 32768. Get-IpcLimit shows the limits.", null));
        }
    }

    /// <summary>Takes one limit. Nothing is set before all are known, as some of them share a sysctl.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            Take(LimitSelection.Find(Name ?? "") ?? throw LimitSelection.Unknown(Name ?? ""), Value);
        }
        catch (IpcException e)
        {
            WriteError(e);
        }
    }

    /// <summary>Checks, asks, sets, and writes what the next boot shall set.</summary>
    protected override void EndProcessing()
    {
        var done = new List<LimitDefinition>();
        if (Persist && IsWhatIf())
            CheckFile();
        foreach (var group in LimitTable.All.Where(_wanted.ContainsKey).GroupBy(limit => limit.Sysctl ?? limit.Name))
        {
            if (Stop.IsCancellationRequested)
                return;
            try
            {
                done.AddRange(Set([.. group]));
            }
            catch (IpcException e)
            {
                WriteError(e);
            }
        }

        if (Persist)
            PersistAll(done);
        if (PassThru && done.Count > 0 && !IsWhatIf())
        {
            var reader = Require(() => new LimitReader(Kernel));
            foreach (var limit in done)
                WriteObject(Require(() => reader.Read(limit)));
        }
    }

    private void Take(LimitDefinition limit, object? value)
    {
        if (WholeNumber.TryRead(value) is not { } number)
        {
            // What shares its sysctl must not be set without it, nor it with half of what was meant.
            _refused.Add(limit);
            throw new IpcBadInputException(
                $"{WholeNumber.Show(value)} is no value for {limit.Name}: a whole number from 0 to {LargestOf(limit)} is needed. It was left alone.", limit.Name);
        }

        if (_wanted.TryGetValue(limit, out var other) && other != number)
        {
            _refused.Add(limit);
            throw new IpcBadInputException($"{limit.Name} is to become both {other} and {number}. It was left alone.", limit.Name);
        }

        _wanted[limit] = number;
    }

    /// <summary>Sets the limits of one sysctl.</summary>
    /// <returns>Those that are as they should be now.</returns>
    private List<LimitDefinition> Set(List<LimitDefinition> limits)
    {
        var changes = new List<LimitChange>();
        var same = new List<LimitDefinition>();
        foreach (var limit in limits.Where(limit => !_refused.Contains(limit)))
            Sort(limit, changes, same);
        if (Array.Find(LimitTable.All, limit => limit.Sysctl is { } sysctl && sysctl == limits[0].Sysctl && _refused.Contains(limit)) is { } refused)
        {
            string[] spoiled = [.. limits.Where(limit => changes.Exists(change => change.Limit == limit) || (Persist && same.Contains(limit))).Select(limit => limit.Name)];
            return spoiled.Length == 0 ? [] : throw new LimitNotAppliedException(
                $"{string.Join(", ", spoiled)}: nothing was done, as {refused.Name}, which stands in the same sysctl {refused.Sysctl}, was refused. "
                + "Correct it or leave it out.",
                spoiled[0]);
        }

        if (changes.Count > 0 && LimitWriter.FindObstacle(changes[0].Limit.Sysctl!, string.Join(", ", changes.Select(change => change.Limit.Name))) is { } obstacle)
            throw obstacle;
        changes.RemoveAll(change => !Ask(change));
        // What is fixed needs no file, and what is as it should be is only asked for where a file is to be written.
        same.RemoveAll(limit => Persist && limit.Sysctl is not null && !AskToPersist(limit));
        if (Stop.IsCancellationRequested)
            throw new PipelineStoppedException();
        if (changes.Count > 0)
            new LimitWriter(Kernel.Sysctls).Apply(changes[0].Limit.Sysctl!, changes);
        foreach (var change in changes)
            WriteVerbose($"{change.Limit.Name} was {change.Old} and is {change.New}.");
        return [.. LimitTable.All.Where(limit => same.Contains(limit) || changes.Exists(change => change.Limit == limit))];
    }

    // Whether a limit changes, stays, or is refused.
    private void Sort(LimitDefinition limit, List<LimitChange> changes, List<LimitDefinition> same)
    {
        var now = limit.Sysctl is { } sysctl ? Kernel.Sysctls.Read(sysctl, LimitTable.FieldsOf(sysctl))[limit.Field] : limit.FixedValue;
        if (_wanted[limit] == now)
        {
            WriteVerbose($"{limit.Name} is {now} already.");
            same.Add(limit);
        }
        else if (LimitCheck.FindFault(limit, now, limit.Use?.Invoke(_use), _wanted[limit], LargestOf(limit), Force) is { } fault)
        {
            WriteError(fault);
            _refused.Add(limit);
        }
        else
        {
            changes.Add(new LimitChange(limit, now, (ulong)_wanted[limit]));
        }
    }

    private static ulong LargestOf(LimitDefinition limit) => IpcSysctls.LargestOf(limit, IpcSysctls.IsExtended());

    private bool Ask(LimitChange change)
    {
        var (name, description) = (change.Limit.Name, char.ToLowerInvariant(change.Limit.Description[0]) + change.Limit.Description[1..]);
        if (change.New < change.Old)
            WriteWarning($"{name} is to become lower: {change.New}, where it is {change.Old} now. Old guides name values that are below those that today's kernels begin with.");
        var when = Persist ? $", now and for the next boot ({DropInFile.Path})" : "";
        return ShouldProcess(
            $"Setting {name} ({description}) from {change.Old} to {change.New}{when}",
            $"Set {name} ({description}) from {change.Old} to {change.New}{when}?",
            "Set limit");
    }

    private bool AskToPersist(LimitDefinition limit) => ShouldProcess(
        $"Keeping {limit.Name} at {_wanted[limit]}, as it is now, for the next boot ({DropInFile.Path})",
        $"Keep {limit.Name} at {_wanted[limit]}, as it is now, for the next boot ({DropInFile.Path})?",
        "Persist limit");

    // -WhatIf writes nothing, and must not promise what can be seen to fail.
    private void CheckFile()
    {
        try
        {
            DropInFile.Read();
        }
        catch (PersistFailedException e)
        {
            WriteError(e);
        }
    }

    private void PersistAll(List<LimitDefinition> done)
    {
        var limits = done.Where(limit => limit.Sysctl is not null).ToDictionary(limit => limit, limit => (ulong)_wanted[limit]);
        if (limits.Count == 0)
            return;
        try
        {
            LimitPersistence.Write(limits, Kernel.Sysctls);
        }
        catch (IpcException e)
        {
            WriteError(new PersistFailedException(
                $"{e.Message} The running values stay as they are set: {string.Join(", ", limits.Select(limit => $"{limit.Key.Name} {limit.Value}"))}.", e.Target));
            return;
        }

        var forecast = new BootForecast();
        foreach (var objection in limits.SelectMany(limit => forecast.Objections(limit.Key, limit.Value)).Append(forecast.Doubt))
        {
            if (objection is not null)
                WriteWarning(objection);
        }
    }
}
