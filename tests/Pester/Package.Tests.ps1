BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:build = [IO.Path]::GetFullPath("$PSScriptRoot/../../build.ps1")
    $script:version = (Import-PowerShellDataFile (Get-ModuleManifestPath)).ModuleVersion
    $script:psResourceGet = (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet | Select-Object -First 1).Path
    # A user's own folders: the modules, and the list of repositories. Those of who runs the tests stay as they are.
    $script:home_ = "$TestDrive/user"
    $script:modules = "$home_/.local/share/powershell/Modules"
    $script:isolated = "XDG_DATA_HOME=$home_/.local/share", "XDG_CONFIG_HOME=$home_/.config", "XDG_CACHE_HOME=$home_/.cache", 'PSModulePath='

    # -Build: with the home, and so the NuGet packages, of who runs the tests; and without the background processes of
    # MSBuild, which would keep our pipe open.
    function Invoke-AsThatUser ([string] $Script, [switch] $Build) {
        $variables = $isolated + ($Build ? 'MSBUILDDISABLENODEREUSE=1' : "HOME=$home_")
        $output = & env @variables (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Script" 2>&1
        if ($LASTEXITCODE -ne 0) { throw "It failed with $LASTEXITCODE`: $output" }
        $output
    }
    $script:useIt = 'Get-IpcSemaphore -Owner nobody; (Get-IpcLimit SEMMNI).Name; (Get-Module PSSysVIpc).ModuleBase'
}

AfterAll { Clear-Sandbox }

Describe 'The package' {
    BeforeAll {
        $null = Invoke-AsThatUser -Build "& '$build' Pack"
        $script:package = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/package/PSSysVIpc.$version.nupkg")
        $script:repository = (New-Item -ItemType Directory "$TestDrive/repository").FullName
        Copy-Item -LiteralPath $package -Destination $repository
    }

    It 'imports as it is unpacked' {
        $folder = "$TestDrive/unpacked/PSSysVIpc/$version"
        [IO.Compression.ZipFile]::ExtractToDirectory($package, $folder)
        Invoke-AsThatUser "Import-Module '$folder/PSSysVIpc.psd1'; $useIt" | Should -Be SEMMNI, $folder
    }

    It '<Verb>-PSResource takes it from a folder' -ForEach @{ Verb = 'Save' }, @{ Verb = 'Install' } {
        $target = (New-Item -ItemType Directory "$TestDrive/$Verb").FullName
        $take = $Verb -eq 'Save' ? "Save-PSResource PSSysVIpc -Path '$target'" : 'Install-PSResource PSSysVIpc -Scope CurrentUser'
        $base = $Verb -eq 'Save' ? "$target/PSSysVIpc/$version" : "$modules/PSSysVIpc/$version"
        $null = Invoke-AsThatUser "Import-Module '$psResourceGet'; Register-PSResourceRepository Folder$Verb -Uri '$repository' -Trusted; $take -Repository Folder$Verb"
        Invoke-AsThatUser "Import-Module '$base/PSSysVIpc.psd1'; $useIt" | Should -Be SEMMNI, $base
    }
}

Describe 'build.ps1' {
    It 'installs for the user who runs it' {
        Invoke-AsThatUser -Build "& '$build' Install" | Select-Object -Last 1 | Should -Be "Installed PSSysVIpc $version in $modules/PSSysVIpc/$version."
        Invoke-AsThatUser $useIt | Should -Be SEMMNI, "$modules/PSSysVIpc/$version"
    }

    It 'tells every task with -Help' {
        $help = Invoke-AsThatUser "& '$build' -Help" | Out-String
        foreach ($task in (Get-Command $build).Parameters['Task'].Attributes.ValidValues) { $help | Should -MatchExactly "(?m)^\s+$task\s+\S" }
    }
}
