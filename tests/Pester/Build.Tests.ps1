BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    # A copy, which anybody may read, and a dotnet that only notes what it is told to do: what is built and tested here
    # stays as it is.
    $script:copy = "$TestDrive/sources"
    $script:log = "$TestDrive/dotnet.log"
    $script:data = "$TestDrive/data"
    $script:pester = Join-Path (Get-Module Pester).ModuleBase Pester.psd1
    $repository = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    foreach ($part in 'module', 'tests/Pester', 'artifacts/module') { $null = New-Item -ItemType Directory "$copy/$part" -Force }
    Copy-Item "$repository/build.ps1" $copy
    Copy-Item "$repository/module/*" "$copy/module"
    Copy-Item "$repository/tests/Pester/Invoke-Suite.ps1", "$repository/tests/Pester/Sandbox.psm1" "$copy/tests/Pester"
    Copy-Item (Split-Path (Get-ModuleManifestPath)) "$copy/artifacts/module" -Recurse
    $null = New-Item -ItemType Directory "$TestDrive/bin"
    Set-Content "$TestDrive/bin/dotnet" '#!/bin/sh', "echo `"`$1 `$2`" >>'$log'", 'exit $DOTNET_EXIT'
    & chmod -R a+rX,a+x $TestDrive
    $script:target = "$data/powershell/Modules/PSSysVIpc/$((Import-PowerShellDataFile (Get-ModuleManifestPath)).ModuleVersion)"

    # What it writes; $LASTEXITCODE is left behind.
    function Invoke-Build ([string] $Command, [int] $ExitCode = 0) {
        Set-Content $log ''
        & chmod a+w $log
        $variables = "PATH=$TestDrive/bin:$env:PATH", "DOTNET_EXIT=$ExitCode", "XDG_DATA_HOME=$data", 'PSModulePath='
        $text = & env @variables (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -Command "Set-Alias build '$copy/build.ps1'; $Command" 2>&1
        # Broken to the width of a terminal that isn't there.
        $text -join ' ' -replace '\s+', ' '
    }

    function Get-Told { @(Get-Content $log | Where-Object { $_ }) }
}

AfterAll { Clear-Sandbox }

Describe 'build.ps1' {
    BeforeDiscovery {
        $script:tasks = @(
            @{ Words = ''; Verb = 'build'; Project = 'PSSysVIpc.sln' }
            @{ Words = 'Build'; Verb = 'build'; Project = 'PSSysVIpc.sln' }
            @{ Words = 'Test'; Verb = 'test'; Project = 'PSSysVIpc.sln' }
            @{ Words = 'Pack'; Verb = 'pack'; Project = 'src/PSSysVIpc' }
            @{ Words = 'Clean'; Verb = 'clean'; Project = 'PSSysVIpc.sln' }
        )
    }

    BeforeAll {
        # All of them in one shell, as each takes a second to start.
        $script:all = '', 'Build', 'Test', 'Pack', 'Clean'
        $said = Invoke-Build "foreach (`$words in '$($all -join "', '")') { Invoke-Expression `"build `$words -WhatIf`"; Write-Output '|' }"
        $script:whatIf = $said -split '\|'
        $script:toldByWhatIf = Get-Told
        $null = Invoke-Build "foreach (`$words in '$($all -join "', '")') { Invoke-Expression `"build `$words`" }"
        $script:exitCode = $LASTEXITCODE
        $script:told = Get-Told
    }

    It '<Words> leaves the work to dotnet <Verb>' -ForEach $tasks {
        $exitCode | Should -Be 0
        $told[$all.IndexOf($Words)] | Should -Be "$Verb $copy/$Project"
    }

    It '<Words> does nothing with -WhatIf' -ForEach $tasks {
        $whatIf[$all.IndexOf($Words)] | Should -BeLike '*What if:*'
        $toldByWhatIf | Should -BeNullOrEmpty
    }

    It '<Words> fails when that fails' -ForEach ($tasks | Where-Object Words -In '', 'Pack') {
        Invoke-Build "build $Words" -ExitCode 3 | Should -BeLike "*dotnet $Verb failed with exit code 3.*"
        $LASTEXITCODE | Should -Be 1
    }
}

Describe 'build.ps1 Install' {
    It 'says with -WhatIf where it would install, and installs nothing' {
        Invoke-Build 'build Install -WhatIf' | Should -BeLike "*What if:*$target*"
        Get-Told | Should -BeNullOrEmpty
        $target | Should -Not -Exist
    }

    It 'builds, and puts the module in the place of what was there' {
        $null = New-Item -ItemType File "$target/former.dll" -Force
        $null = Invoke-Build "build Install"
        Get-Told | Should -Be "build $copy/src/PSSysVIpc"
        "$target/PSSysVIpc.psd1" | Should -Exist
        "$target/former.dll" | Should -Not -Exist
    }

    It 'installs nothing when the build fails' {
        Remove-Item -LiteralPath $data -Recurse -Force
        Invoke-Build "build Install" -ExitCode 1 | Should -BeLike '*dotnet build failed*'
        $target | Should -Not -Exist
    }

    It 'warns where PowerShell does not look for it' {
        Invoke-Build "build Install" | Should -Not -BeLike '*WARNING*'
        Invoke-Build "`$env:PSModulePath = '/elsewhere'; build Install" | Should -BeLike '*is not in PSModulePath*'
    }
}

Describe 'The Pester suite' {
    BeforeAll {
        Set-Content "$copy/tests/Pester/Good.Tests.ps1" 'Describe Good { It passes { 1 | Should -Be 1 } }'
        Set-Content "$copy/tests/Pester/Bad.Tests.ps1" 'Describe Bad { It passes { 1 | Should -Be 1 }; It fails { 1 | Should -Be 2 } }'
        function Invoke-Copy { & (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -File "$copy/tests/Pester/Invoke-Suite.ps1" -PesterModule $pester @args 2>&1 | Out-String }
    }

    It 'succeeds when all pass, and fails when one fails' {
        Invoke-Copy -Name Good | Should -BeLike '*1 passed, 0 failed, 0 skipped.*'
        $LASTEXITCODE | Should -Be 0
        Invoke-Copy -Name Bad | Should -BeLike '*1 passed, 1 failed, 0 skipped.*'
        $LASTEXITCODE | Should -Be 1
        Invoke-Copy -Name None | Should -BeLike '*there is no test file None.Tests.ps1.*'
        $LASTEXITCODE | Should -Be 1
    }

    It 'refuses an IPC namespace that is not new' {
        Invoke-Copy -Name Good -OutsideNamespace another | Should -BeLike '*is not a new IPC namespace.*'
        $LASTEXITCODE | Should -Be 1
    }
}
