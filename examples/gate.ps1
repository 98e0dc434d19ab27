# Asks the error budget before a deploy, on Windows, Linux and macOS. Exit code: that of the gate; 99 when it cannot run.
#   ./gate.ps1 -Service checkout -Budgets https://postmortems.example.com/budgets
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Service,
    [Parameter(Mandatory)] [string] $Budgets,
    [ValidateSet('feature', 'fix', 'rollback')] [string] $Change = 'feature',
    [string] $Report = 'error-budget.json'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # an exit code is an answer here, not an error
$global:LASTEXITCODE = $null
Remove-Item -LiteralPath $Report -ErrorAction SilentlyContinue
$env:SAVE_JSON = 'true'
$env:OUTPUT_FILE = $Report

try {
    & afterword gate --service $Service --change $Change `
        --snapshot "$Budgets/snapshot.json.gz" --policy "$Budgets/policy.json"
    $code = $LASTEXITCODE
}
catch {
    Write-Error "The gate could not be started: $_" -ErrorAction Continue
    exit 99
}
if ($null -eq $code) { exit 99 } # no program ran; "exit $null" would be 0

if ($code -ne 0 -and (Test-Path -LiteralPath $Report)) {
    try {
        $verdict = Get-Content -LiteralPath $Report -Raw | ConvertFrom-Json
        Write-Host "Blocked: $($verdict.state). $($verdict.text)"
    }
    catch { Write-Host "Blocked. $Report cannot be read: $_" }
}
exit $code
