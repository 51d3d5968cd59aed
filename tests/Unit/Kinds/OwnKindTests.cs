using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSSysVIpc.Commands;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>
/// A kind is one file, one line in the list of kinds, and a class a cmdlet: Get, Remove, completion and the counting
/// for the limits then work for objects that nothing else knows of.
/// </summary>
public sealed class OwnKindTests : IDisposable
{
    private const string Header = "key thingid perms weight uid gid cuid cgid ctime holders\n";
    private const string Held = "4660 7 600 250 1900000001 0 1900000001 0 1700000000 2\n";
    private const string Free = "0 12 640 500 1900000002 1900000003 1900000002 0 1700000001 0\n";

    private readonly string _table = Path.GetTempFileName();
    private readonly IReadOnlyList<Func<IpcKernel, IpcTable>> _kinds = IpcKinds.All;

    public OwnKindTests()
    {
        Write(Held + Free);
        IpcKinds.All = [.. _kinds, kernel => new ThingKind(kernel, _table)];
    }

    [Fact]
    public void Get_returns_its_objects_with_a_verdict()
    {
        Thing[] things = [.. Run("Get-IpcThing").Select(found => (Thing)found.BaseObject)];

        Assert.Equal([7, 12], things.Select(thing => thing.Id));
        Assert.Equal("0x00001234 1900000001 0600 250", Join(things[0]));
        Assert.Equal("0x00000000 1900000002 0640 500", Join(things[1]));
        Assert.Equal("InUse", things[0].Status);
        Assert.StartsWith("InUse: 2 processes wait on it", things[0].StatusReason, StringComparison.Ordinal);
        Assert.NotEqual("InUse", things[1].Status);

        static string Join(Thing thing) => $"{thing.KeyText} {thing.OwnerId} {thing.Mode} {thing.Weight}";
    }

    [Fact]
    public void Get_selects_by_id_key_and_owner_and_says_what_is_missing()
    {
        Assert.Equal("7", Ids("Get-IpcThing 7"));
        Assert.Equal("7", Ids("Get-IpcThing -Key 0x1234"));
        Assert.Equal("12", Ids("Get-IpcThing -Owner 1900000002"));
        var error = Assert.ThrowsAny<RuntimeException>(() => Run("Get-IpcThing 8 -ErrorAction Stop"));
        Assert.Contains("There is no thing with the id 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_removes_what_it_may()
    {
        Assert.Equal("12", Ids("Get-IpcThing 12 | Remove-IpcThing -Force -PassThru"));

        Assert.Equal("7", Ids("Get-IpcThing"));
    }

    [Fact]
    public void Remove_refuses_what_is_in_use_and_what_is_another_by_now()
    {
        Assert.Contains("Thing 7 (key 0x00001234, owner 1900000001, 250 grams) was left alone", Refusal("7"));

        var read = Run("Get-IpcThing 12");
        Write(Held + Free.Replace(" 500 ", " 501 ", StringComparison.Ordinal));
        Assert.Contains("its Weight was 500 and is 501", Refusal("-InputObject $args[0] -Force", read));
        Assert.Equal("7 12", Ids("Get-IpcThing"));

        string Refusal(string what, params object[] arguments) =>
            Assert
                .ThrowsAny<RuntimeException>(() => Run($"Remove-IpcThing {what} -ErrorAction Stop", arguments))
                .Message;
    }

    [Fact]
    public void Ids_keys_and_owners_are_completed()
    {
        Assert.Equal("7 12", Complete(new IpcIdCompleter(), "Id", ""));
        Assert.Equal("12", Complete(new IpcIdCompleter(), "Id", "1"));
        Assert.Equal("0x00001234", Complete(new IpcKeyCompleter(), "Key", "0x1"));
        Assert.Equal("1900000001 1900000002", Complete(new IpcOwnerCompleter(), "Owner", "19000000"));
    }

    [Fact]
    public void What_they_take_counts_against_limits()
    {
        var use = new LimitUse(IpcKernel.OpenCurrent());

        Assert.Equal(2ul, use.Of(Limit(Counted.Objects)));
        Assert.Equal(750ul, use.Of(Limit(Counted.Sizes)));
        Assert.Null(use.Of(Limit(Counted.Nothing)));

        static LimitDefinition Limit(Counted counts) =>
            new("THGMNI", "Thing", "things", "Things") { Default = 5, Counts = counts };
    }

    [Fact]
    public void A_thing_listed_twice_is_one_and_two_of_one_id_are_bad_data()
    {
        Write(Held + Free + Held.Replace(" 600 ", " 644 ", StringComparison.Ordinal));
        Assert.Equal("7 12", Ids("Get-IpcThing"));
        Assert.Equal(
            2ul,
            new LimitUse(IpcKernel.OpenCurrent()).Of(new("", "Thing", "", "") { Default = 5, Counts = Counted.Objects })
        );

        Write(Held + Free + Held.Replace(" 250 ", " 251 ", StringComparison.Ordinal));
        var error = Assert.ThrowsAny<RuntimeException>(() => Run("$ErrorActionPreference = 'Stop'; Get-IpcThing"));
        Assert.Contains("it lists two different things with the id 7", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        IpcKinds.All = _kinds;
        File.Delete(_table);
    }

    private void Write(string rows) => File.WriteAllText(_table, Header + rows);

    private static string Ids(string script) =>
        string.Join(' ', Run(script).Select(found => ((Thing)found.BaseObject).Id));

    private static PSObject[] Run(string script, params object[] arguments)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Get-IpcThing", typeof(GetIpcThingCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Remove-IpcThing", typeof(RemoveIpcThingCommand), null));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
        return [.. shell.Invoke()];
    }

    private static string Complete(IpcCompleter completer, string parameter, string typed) =>
        string.Join(
            ' ',
            completer
                .CompleteArgument("Get-IpcThing", parameter, typed, null!, new Dictionary<string, object>())
                .Select(result => result.CompletionText)
        );
}
