using System.Management.Automation;
using System.Numerics;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
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
    [ArgumentCompleter(typeof(SettableLimitNameCompleter))]
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
    private protected override void Begin()
    {
        if (!MyInvocation.ExpectingInput && (Name is null || Value is null))
        {
            Fail(new IpcBadInputException(
                "A limit and its value are needed: Set-IpcLimit SEMMNI 32768. Get-IpcLimit shows the limits.", null));
        }
    }

    /// <summary>Takes one limit. Nothing is set before all are known, as some of them share a sysctl.</summary>
    private protected override void Process()
    {
        try
        {
            if (string.IsNullOrWhiteSpace(Name))
            {
                throw new IpcBadInputException(
                    $"{(MyInvocation.ExpectingInput ? "A record without the name of a limit: it needs the properties Name and Value." : "The name of the limit is empty.")} Nothing was set for it.",
                    Name);
            }

            Take(LimitSelection.Find(Name) ?? throw LimitSelection.Unknown(Name), WholeNumber.Unwrap(Value));
        }
        catch (IpcException e)
        {
            WriteError(e);
        }
    }

    /// <summary>Checks all, asks for all, sets, and writes what the next boot shall set.</summary>
    private protected override void End()
    {
        var plans = Check();
        if (Persist && IsWhatIf() && plans.Any(plan => plan.Limits.Any(limit => limit.Sysctl is not null)))
            CheckFile();
        plans.ForEach(Ask);
        if (Stop.IsCancellationRequested)
            throw new PipelineStoppedException();

        // From here on nothing that ends a pipeline (-ErrorAction Stop) may come between what is set and what is persisted.
        var errors = new List<IpcException>();
        var done = Apply(plans, errors);
        string[] objections = [];
        if (Persist)
            objections = PersistAll(done, errors);
        errors.ForEach(WriteError);
        foreach (var objection in objections)
            WriteWarning(objection);
        if (PassThru && done.Count > 0 && !IsWhatIf())
        {
            var reader = Require(() => new LimitReader(Kernel));
            foreach (var limit in done)
                WriteObject(Require(() => reader.Read(limit)));
        }
    }

    private void Take(LimitDefinition limit, object? value)
    {
        if (WholeNumber.TryRead(value) is { } number && (!_wanted.TryGetValue(limit, out var other) || other == number))
        {
            _wanted[limit] = number;
            return;
        }

        // What shares its sysctl must not be set without it, nor it with half of what was meant.
        _refused.Add(limit);
        throw limit.Sysctl is null
            ? LimitCheck.Fixed(limit)
            : new IpcBadInputException($"{Fault(limit, value)} {limit.Name} was left alone.", limit.Name);
    }

    private string Fault(LimitDefinition limit, object? value) => value switch
    {
        null => $"No value was given for {limit.Name}: a whole number from {LimitCheck.Smallest} to {LargestOf(limit)} is needed.",
        System.Collections.IEnumerable and not string => $"A list or table is no value for {limit.Name}: one whole number from {LimitCheck.Smallest} to {LargestOf(limit)} is needed.",
        double or float => $"{WholeNumber.Show(value)} is a floating-point number: for {limit.Name} a whole number from {LimitCheck.Smallest} to {LargestOf(limit)} is needed.",
        _ when WholeNumber.TryRead(value) is { } number => $"{limit.Name} is to become both {_wanted[limit]} and {number}.",
        _ => $"{WholeNumber.Show(value)} is no value for {limit.Name}: a whole number from {LimitCheck.Smallest} to {LargestOf(limit)} is needed.",
    };

    /// <summary>Checks every limit. What is left can be asked for.</summary>
    private List<LimitPlan> Check()
    {
        var plans = new List<LimitPlan>();
        foreach (var group in LimitTable.All.Where(_wanted.ContainsKey).GroupBy(limit => limit.Sysctl ?? limit.Name))
        {
            try
            {
                if (Check([.. group]) is { } plan)
                    plans.Add(plan);
            }
            catch (IpcException e)
            {
                WriteError(e);
            }
        }

        return plans;
    }

    private LimitPlan? Check(LimitDefinition[] limits)
    {
        var plan = new LimitPlan([], []);
        foreach (var limit in limits.Where(limit => !_refused.Contains(limit)))
            Sort(limit, plan);
        if (Array.Find(LimitTable.All, limit => limit.Sysctl is { } sysctl && sysctl == limits[0].Sysctl && _refused.Contains(limit)) is { } refused)
        {
            if (plan.Changes.Count == 0 && !Persist)
                return plan;
            string[] spoiled = [.. plan.Limits.Where(limit => Persist || !plan.Same.Contains(limit)).Select(limit => limit.Name)];
            return spoiled.Length == 0 ? null : throw new LimitNotAppliedException(
                $"{string.Join(", ", spoiled)}: nothing was done, as {refused.Name}, which stands in the same sysctl {refused.Sysctl}, was refused. "
                + "Correct it or leave it out.",
                spoiled[0]);
        }

        return plan.Changes.Count > 0 && LimitWriter.FindObstacle(limits[0].Sysctl!, string.Join(", ", plan.Changes.Select(change => change.Limit.Name))) is { } obstacle
            ? throw obstacle
            : plan;
    }

    // Whether a limit changes, stays, or is refused.
    private void Sort(LimitDefinition limit, LimitPlan plan)
    {
        var now = limit.Sysctl is { } sysctl ? Kernel.Sysctls.Read(sysctl, LimitTable.FieldsOf(sysctl))[limit.Field] : limit.FixedValue;
        if (_wanted[limit] == now)
        {
            WriteVerbose($"{limit.Name} is {now} already.");
            plan.Same.Add(limit);
        }
        else if (LimitCheck.FindFault(limit, now, limit.Use?.Invoke(_use), _wanted[limit], LargestOf(limit), Force) is { } fault)
        {
            WriteError(fault);
            _refused.Add(limit);
        }
        else
        {
            plan.Changes.Add(new LimitChange(limit, now, (ulong)_wanted[limit]));
        }
    }

    private static ulong LargestOf(LimitDefinition limit) => IpcSysctls.LargestOf(limit, IpcSysctls.IsExtended());

    /// <summary>Takes out of a plan what is declined.</summary>
    private void Ask(LimitPlan plan)
    {
        plan.Changes.RemoveAll(change => !Ask(change));
        // What is fixed needs no file, and what is as it should be is only asked for where a file is to be written.
        plan.Same.RemoveAll(limit => Persist && limit.Sysctl is not null && !AskToPersist(limit));
    }

    private bool Ask(LimitChange change)
    {
        var (name, description) = (change.Limit.Name, char.ToLowerInvariant(change.Limit.Description[0]) + change.Limit.Description[1..]);
        if (change.New < change.Old)
        {
            var old = name == "SEMMNI" && change.New == 128 ? " The 128 of old guides is far below the 32000 of today's kernels." : "";
            WriteWarning($"{name} is to become lower: {change.New}, where it is {change.Old} now.{old}");
        }

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

    /// <returns>The limits that are now as they should be.</returns>
    private List<LimitDefinition> Apply(List<LimitPlan> plans, List<IpcException> errors)
    {
        var done = new List<LimitDefinition>();
        var writer = new LimitWriter(Kernel.Sysctls);
        foreach (var plan in plans)
        {
            try
            {
                if (plan.Changes.Count > 0)
                    writer.Apply(plan.Changes[0].Limit.Sysctl!, plan.Changes);
                done.AddRange(plan.Limits);
                foreach (var change in plan.Changes)
                    WriteVerbose($"{change.Limit.Name} was {change.Old} and is {change.New}.");
            }
            catch (IpcException e)
            {
                errors.Add(e);
            }
        }

        return done;
    }

    // -WhatIf writes nothing, and must not promise what can be seen to fail.
    private void CheckFile()
    {
        try
        {
            DropInFile.CheckWritable();
        }
        catch (PersistFailedException e)
        {
            WriteError(e);
        }
    }

    /// <returns>What will keep the next boot from setting these values, as sentences.</returns>
    private string[] PersistAll(List<LimitDefinition> done, List<IpcException> errors)
    {
        var limits = done.Where(limit => limit.Sysctl is not null).ToDictionary(limit => limit, limit => (ulong)_wanted[limit]);
        if (limits.Count == 0)
            return [];
        try
        {
            var (lines, losses) = LimitPersistence.Write(limits, Kernel.Sysctls, Stop);
            foreach (var line in lines)
                WriteVerbose($"{DropInFile.Path} has the line: {line}");
            var forecast = new BootForecast();
            return [.. losses, .. limits.SelectMany(limit => forecast.Objections(limit.Key, limit.Value)), .. forecast.Doubts];
        }
        catch (IpcException e)
        {
            errors.Add(new PersistFailedException(
                $"{e.Message} The running values stay as they are set: {string.Join(", ", limits.Select(limit => $"{limit.Key.Name} {limit.Value}"))}.", e.Target));
            return [];
        }
    }
}
