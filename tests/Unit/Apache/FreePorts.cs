using System.Net;
using System.Net.Sockets;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// Ports of the loopback address that nobody listens on. They lie below those that the kernel hands out by itself:
/// nobody's outgoing connection takes one while the server is down between two starts.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int End = 32_000;

    internal static int[] Take(int count) =>
        [.. Enumerable.Range(First, End - First).OrderBy(_ => Guid.NewGuid()).Where(IsFree).Take(count)];

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
