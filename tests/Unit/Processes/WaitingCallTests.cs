using System.Text;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Tests.Processes;

/// <summary>What a line of /proc/PID/task/TID/syscall says of who waits on what, as recorded from the kernel.</summary>
public class WaitingCallTests
{
    private const string Rest = " 0x7ffe0 0x7ffe8 0x7f00\n";

    [Theory]
    [InlineData("220 0x5 0x7fff1 0x1 0x0 0x0 0x7f5", "Semaphore 5 None ")]
    [InlineData("65 0x10000 0x7fff1 0x1 0x0 0x0 0x7f5", "Semaphore 65536 None ")]
    [InlineData("69 0x1 0x7fff1 0x5 0x0 0x0 0x7f5", "MessageQueue 1 Send ")]
    [InlineData("70 0x0 0x7fff1 0xa 0x7 0x0 0x7f5", "MessageQueue 0 Receive 7")]
    [InlineData("70 0x0 0x7fff1 0xa 0xfffffffffffffffb 0x0 0x7f5", "MessageQueue 0 Receive -5")]
    [InlineData("420 0x5 0xfff1 0x1 0x0 0x0 0x0", "Semaphore 5 None ")]
    [InlineData("400 0x5 0xfff1 0x1 0x0 0x0 0x0", "MessageQueue 5 Send ")]
    [InlineData("401 0x5 0xfff1 0xa 0x7 0x0 0x0", "MessageQueue 5 Receive 7")]
    [InlineData("401 0x5 0xfff1 0xa 0xfffffffb 0x0 0x0", "MessageQueue 5 Receive -5")]
    [InlineData("117 0x1 0x5 0x1 0x0 0xfff1 0x0", "Semaphore 5 None ")]
    [InlineData("117 0x4 0x5 0x1 0x0 0xfff1 0x0", "Semaphore 5 None ")]
    [InlineData("117 0xb 0x5 0xa 0x0 0xfff1 0x0", "MessageQueue 5 Send ")]
    [InlineData("117 0xc 0x5 0xa 0x0 0xfff1 0x0", "MessageQueue 5 Receive ")]
    [InlineData("117 0x1000c 0x5 0xa 0x0 0xfff1 0x3", "MessageQueue 5 Receive 3")]
    public void A_call_that_waits_is_read(string line, string expected)
    {
        var call = WaitingCall.Read(Encoding.ASCII.GetBytes(line + Rest))!.Value;

        Assert.Equal(
            expected,
            FormattableString.Invariant($"{call.Calls} {call.Id} {call.Direction} {call.MessageType}")
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("running")]
    [InlineData("-1 0x7ffe0 0x7f00")]
    [InlineData("0 0x0 0x7f 0x400 0x0 0x0 0x0")]
    [InlineData("117 0xffffffff 0x5 0x5 0x0 0x0 0x0")]
    [InlineData("117 0x2 0x5 0x5 0x0 0x0 0x0")]
    [InlineData("70 0x0 0x7fff1 0xa")]
    [InlineData("70 5 5 5 5 5 5")]
    public void Anything_else_waits_on_nothing(string line) =>
        Assert.Null(WaitingCall.Read(Encoding.ASCII.GetBytes(line)));
}
