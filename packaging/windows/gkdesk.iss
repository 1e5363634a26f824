; Inno Setup 6.3 or newer: the setup program for Windows 10 and 11. No administrator rights: it installs for the one user.
; Run by packaging/build.py, which gives Program, Version, OutputFolder and OutputName.
; State: written along the documentation of Inno Setup; not yet compiled or run on Windows.

[Setup]
AppId={{6B0C7C5E-3C8E-4E53-9C0B-7A0A8B0F6D11}
AppName=政务公开年报审核台
AppVersion={#Version}
AppPublisher=gkdesk
DefaultDirName={autopf}\gkdesk
DefaultGroupName=政务公开年报审核台
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; What Qt asks for: Windows 10 of 1809.
MinVersion=10.0.17763
ChangesAssociations=yes
LicenseFile={#Program}\LICENSE
OutputDir={#OutputFolder}
OutputBaseFilename={#OutputName}
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
UninstallDisplayName=政务公开年报审核台
UninstallDisplayIcon={app}\gkdesk.exe

[Languages]
; Inno Setup brings no Chinese texts of its own; its English ones are few here.
Name: "english"; MessagesFile: "compiler:Default.isl"

[InstallDelete]
; Files of an older version that the new one no longer has must not be found by it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\政务公开年报审核台"; Filename: "{app}\gkdesk.exe"; WorkingDir: "{userdocs}"
Name: "{autodesktop}\政务公开年报审核台"; Filename: "{app}\gkdesk.exe"; WorkingDir: "{userdocs}"

[Registry]
Root: HKA; Subkey: "Software\Classes\.gkdesk"; ValueType: string; ValueData: "gkdesk.workspace"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\gkdesk.workspace"; ValueType: string; ValueData: "年报审核工作区"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\gkdesk.workspace\shell\open\command"; ValueType: string; ValueData: """{app}\gkdesk.exe"" ""%1"""
