using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A server that holds a lock for its TLS sessions and one for its map program, and whose workers exit after one
/// connection. Between two requests nobody waits on these locks, and who used them last is gone: they look abandoned.
/// </summary>
internal sealed class LockHungrySite : IDisposable
{
    private static readonly string[] s_words = ["alpha", "beta", "gamma"];

    private readonly X509Certificate2 _certificate;
    private readonly int _securePort;

    internal LockHungrySite(TempFolder folder)
    {
        var ports = FreePorts.Take(2);
        _securePort = ports[1];
        _certificate = MakeCertificate(folder);
        // What it reads as a word it answers as the path of a page.
        var map = folder.AddFile(
            "map",
            "#!/bin/sh\nwhile read -r word; do echo \"/page-of-$word.txt\"; done\n",
            isProgram: true
        );
        Server = new ApacheServer(
            folder,
            ports,
            $$"""
            {{ApacheServer.Module("socache_shmcb")}}
            {{ApacheServer.Module("ssl")}}
            {{ApacheServer.Module("rewrite")}}
            MaxConnectionsPerChild 1
            SSLSessionCache shmcb:{{folder.PathOf("sessions")}}(512000)
            RewriteEngine on
            RewriteMap words prg:{{map}}
            RewriteRule ^/word/(.+)$ ${words:$1}
            <VirtualHost 127.0.0.1:{{ports[1]}}>
                SSLEngine on
                SSLCertificateFile {{folder.PathOf("certificate.pem")}}
                SSLCertificateKeyFile {{folder.PathOf("key.pem")}}
            </VirtualHost>
            """
        );
        foreach (var word in s_words)
            folder.AddFile($"{ApacheServer.Pages}/page-of-{word}.txt", PageOf(word));
    }

    internal ApacheServer Server { get; }

    /// <summary>Asks for pages over TLS and through the map program; fails unless each is the right one.</summary>
    internal void CheckPages()
    {
        foreach (var word in s_words)
        {
            Assert.Equal(PageOf(word), WebPage.Get(_securePort, $"/page-of-{word}.txt", _certificate));
            Assert.Equal(PageOf(word), WebPage.Get(Server.Port, $"/word/{word}"));
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        _certificate.Dispose();
    }

    private static string PageOf(string word) => $"What there is to say about {word}.";

    private static X509Certificate2 MakeCertificate(TempFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.AddFile("certificate.pem", certificate.ExportCertificatePem());
        folder.AddFile("key.pem", key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
