namespace PSSysVIpc.Boot;

/// <summary>What reads sysctl settings at boot.</summary>
internal enum BootReader
{
    /// <summary>systemd-sysctl, modelled on version 252.</summary>
    Systemd,

    /// <summary><c>sysctl --system</c> of procps, modelled on version 4.0.2.</summary>
    Procps,
}
