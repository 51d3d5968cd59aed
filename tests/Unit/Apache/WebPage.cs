using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// One request on a connection of its own. By plain blocking sockets: HttpClient makes threads for the thread pool,
/// which are born into the namespaces of the thread that asks, and would take them along into other tests.
/// </summary>
internal static class WebPage
{
    /// <param name="port">A port of the loopback address.</param>
    /// <param name="path">What to ask for.</param>
    /// <param name="certificate">The server's, when it speaks TLS; it must show this one and no other.</param>
    /// <returns>The page.</returns>
    /// <exception cref="IOException">There is no server, or it gave no page.</exception>
    internal static string Get(int port, string path, X509Certificate2? certificate = null)
    {
        try
        {
            using var connection = new TcpClient();
            connection.ReceiveTimeout = connection.SendTimeout = (int)Wait.Patience.TotalMilliseconds;
            connection.Connect(IPAddress.Loopback, port);
            using Stream stream = certificate is null ? connection.GetStream() : Secure(connection, certificate);
            stream.Write(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n"));
            using var reader = new StreamReader(stream);
            return PageOf(reader.ReadToEnd());
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static SslStream Secure(TcpClient connection, X509Certificate2 certificate)
    {
        var stream = new SslStream(
            connection.GetStream(),
            leaveInnerStreamOpen: false,
            (_, shown, _, _) => certificate.Equals(shown)
        );
        stream.AuthenticateAsClient("localhost");
        return stream;
    }

    private static string PageOf(string answer)
    {
        var parts = answer.Split("\r\n\r\n", 2);
        return parts.Length == 2 && parts[0].Split(' ') is [_, "200", ..]
            ? parts[1]
            : throw new IOException($"The server answered: {answer}");
    }
}
